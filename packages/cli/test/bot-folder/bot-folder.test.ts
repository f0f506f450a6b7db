import { spawnSync } from 'node:child_process';
import { chmod, chown, link, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileAtomically } from '@pertybot/core/host';
import { makeStateFolder } from '../../src/bot-folder/bot-folder.js';
import { giveToOwner } from '../../src/bot-folder/folder-error.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { repository } from '../support/run-pertybot.js';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
});
afterEach(() => folder.remove());

const modeOf = async (name: string) => (await stat(folder.file(name))).mode & 0o777;
const ownerOf = async (name: string) => (await stat(folder.file(name))).uid;

/** Files that root makes for others. */
const itIsRoot = process.getuid?.() === 0 ? it : it.skip;
const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0;

/** Shows what is in `$3` in a folder of `$1`, too, and makes that `$3`. */
const showElsewhere = `
  for each in packages node_modules; do
    mkdir -p "$1/seen/$each"
    mount --bind "$3/$each" "$1/seen/$each"
  done
  set -- "$1" "$2" "$1/seen"
`;

describe('makeStateFolder', () => {
  it('makes folders of the owner’s alone, also of those that stood open to all', async () => {
    await mkdir(folder.file('.pertybot/dev'), { recursive: true });
    for (const name of ['.pertybot', '.pertybot/dev']) await chmod(folder.file(name), 0o777);
    await makeStateFolder(folder.path, 'dev');
    expect([await modeOf('.pertybot'), await modeOf('.pertybot/dev')]).toEqual([0o700, 0o700]);
  });

  itIsRoot('gives what root made there to the owner of the folder', async () => {
    await chown(folder.path, 1_234, 1_234);
    await mkdir(folder.file('.pertybot/cache'), { recursive: true });
    await writeFile(folder.file('.pertybot/cache/note.json'), '{}');
    await makeStateFolder(folder.path);
    for (const name of ['.pertybot', '.pertybot/cache', '.pertybot/cache/note.json']) {
      expect(await ownerOf(name)).toBe(1_234);
    }
  });

  itIsRoot('gives nothing that lies elsewhere: no link, no file under a second name', async () => {
    await chown(folder.path, 1_234, 1_234);
    await mkdir(folder.file('.pertybot'), { recursive: true });
    await mkdir(folder.file('etc'));
    for (const name of ['etc/one', 'etc/two']) await writeFile(folder.file(name), '');
    await symlink(folder.file('etc'), folder.file('.pertybot/etc'));
    await symlink(folder.file('etc/one'), folder.file('.pertybot/one'));
    await link(folder.file('etc/two'), folder.file('.pertybot/two'));
    giveToOwner(folder.path, folder.file('.pertybot'));
    for (const name of ['etc', 'etc/one', 'etc/two']) expect(await ownerOf(name)).toBe(0);
  });

  itIsRoot('refuses a folder that another user made', () => {
    // The user may have no right to this checkout, or to the folders above it.
    const [shell = '', ...before] = mayMount ? ['unshare', '--mount', 'sh'] : ['sh'];
    const script = `
      mkdir -p "$1/.pertybot" && chown 1001 "$1/.pertybot" && chmod 777 "$1/.pertybot"
      ${mayMount ? showElsewhere : ''}
      chown 1000 "$1"
      exec setpriv --reuid=1000 --clear-groups "$2" "$3/packages/cli/bin/run.js" schema --dir "$1"
    `;
    const words = [...before, '-ec', script, 'sh', folder.path, process.execPath, repository];
    const { stderr, status } = spawnSync(shell, words, {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', HOME: '/nonexistent' },
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/belongs to another user/)]);
  });
});

describe('writeFileAtomically by root', () => {
  itIsRoot(
    'leaves a file to whom it belonged, and gives a new one to the folder’s owner',
    async () => {
      await chown(folder.path, 1_234, 1_234);
      await chown(folder.file('plugins.yaml'), 1_235, 1_235);
      await writeFileAtomically(folder.file('plugins.yaml'), 'plugins: []\n');
      await writeFileAtomically(folder.file('stores/dice.json'), '{}');
      expect(await ownerOf('plugins.yaml')).toBe(1_235);
      expect([await ownerOf('stores'), await ownerOf('stores/dice.json')]).toEqual([1_234, 1_234]);
    },
  );
});
