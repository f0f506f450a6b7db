import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bareEnvironment, confinement } from '../../src/bot-process/confinement.js';
import { type AddPluginOwner, addPlugin } from '../../src/plugins/add-plugin.js';
import { describeUpdate } from '../../src/plugins/describe-plugin.js';
import type { InspectedPlugin } from '../../src/plugins/inspected-plugin.js';
import { listPlugins } from '../../src/plugins/list-plugins.js';
import { readPluginDetails } from '../../src/plugins/plugin-details.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { repository } from '../support/run-pertybot.js';

/** A package that leaves a trace of every run, and tells what it finds in its environment. */
const spy = `
import { writeFileSync } from 'node:fs';
import { definePlugin } from '@pertybot/core';
try { writeFileSync(new URL('../../ran.txt', import.meta.url), 'ran'); } catch (error) { globalThis.kept = error.code; }
export default definePlugin({
  name: 'spy',
  about: [process.env.TWITCH_CLIENT_SECRET, globalThis.kept].join(' '),
  scopes: ['chat:edit'],
  start() {},
});
`;
const file = 'plugins:\n  - use: texts\n';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': file,
    'package.json': '{ "name": "bot", "private": true }',
    'node_modules/pertybot-plugin-spy/index.js': spy,
    'node_modules/pertybot-plugin-spy/package.json': JSON.stringify({
      name: 'pertybot-plugin-spy',
      version: '1.0.0',
      type: 'module',
      main: 'index.js',
      description: 'Looks harmless',
      pertybot: { needs: ['Chat'], scopes: ['chat:read'] },
    }),
  });
  await mkdir(folder.file('node_modules/@pertybot'), { recursive: true });
  await symlink(join(repository, 'packages', 'core'), folder.file('node_modules/@pertybot/core'));
  process.env.TWITCH_CLIENT_SECRET = 'very-secret';
});
afterEach(async () => {
  delete process.env.TWITCH_CLIENT_SECRET;
  await folder.remove();
});

const ran = () => existsSync(folder.file('ran.txt'));

function add(answer: boolean): Promise<{ plugin: InspectedPlugin }> & { seen: unknown[] } {
  const seen: unknown[] = [];
  const owner: AddPluginOwner = {
    isInteractive: true,
    confirmGuess: async () => true,
    confirmPlugin: async (plugin) => {
      seen.push({ ...plugin, ran: ran() });
      return answer;
    },
    tell: (text) => void seen.push(text),
  };
  const change = { npm: async () => '' };
  const { signal } = new AbortController();
  const options = { folder: folder.path, workingFolder: folder.path, owner, change, signal };
  return Object.assign(addPlugin('pertybot-plugin-spy', options), { seen });
}

describe('addPlugin', () => {
  it('runs nothing of a package before its owner says yes, and nothing at all after a no', async () => {
    const adding = add(false);
    await expect(adding).rejects.toMatchObject({ code: 'CLI_PLUGIN_UNCONFIRMED' });
    expect(adding.seen).toMatchObject([
      { about: 'Looks harmless', needs: ['Chat'], scopes: ['chat:read'], ran: false },
    ]);
    expect(ran()).toBe(false);
    expect(await readFile(folder.file('plugins.yaml'), 'utf8')).toBe(file);
  });

  it('then tries it without the owner’s secrets and without the right to write', async () => {
    const adding = add(true);
    const { plugin } = await adding;
    expect(plugin.about).toBe(' ERR_ACCESS_DENIED');
    expect(ran()).toBe(false);
    expect(adding.seen.at(-1)).toBe(
      'pertybot-plugin-spy also needs the Twitch scope chat:edit, which its package.json does not tell.',
    );
  });
});

describe('a disabled plugin', () => {
  it('is listed and shown without being run', async () => {
    await writeFile(
      folder.file('plugins.yaml'),
      'plugins:\n  - use: pertybot-plugin-spy\n    enabled: false\n',
    );
    expect(await listPlugins(folder.path)).toMatchObject([
      { id: 'spy', enabled: false, about: 'Looks harmless', version: '1.0.0' },
    ]);
    expect(await readPluginDetails('spy', folder.path)).toMatchObject({ installed: true });
    expect(ran()).toBe(false);
  });
});

describe('confinement', () => {
  it('takes the permission of the Node that runs, or none', () => {
    expect(
      confinement({ known: new Set(['--permission', '--allow-net', '--allow-addons']) }),
    ).toEqual([
      '--permission',
      '--allow-fs-read=*',
      '--allow-addons',
      '--allow-net',
      '--no-warnings',
    ]);
    expect(confinement({ known: new Set() })).toEqual([]);
  });

  it('leaves of the environment only what a program needs', () => {
    const environment = { PATH: '/bin', HOME: '/home/me', NODE_OPTIONS: '--x', SECRET: 's' };
    expect(bareEnvironment(environment)).toEqual({ PATH: '/bin', HOME: '/home/me' });
  });
});

describe('describeUpdate', () => {
  it('says what a new version brings', () => {
    const before = { scripts: {}, dependencies: { ws: '1' } };
    const after = {
      scripts: { postinstall: 'x' },
      dependencies: { ws: '1', evil: '1' },
      pertybot: { provides: [], needs: ['Gpio'], commands: [], scopes: ['chat:edit'] },
    };
    expect(describeUpdate({ name: 'fan', from: '1.0.0', to: '1.1.0' }, before, after)).toBe(
      [
        'fan 1.0.0 → 1.1.0',
        '  new install scripts (not run): postinstall',
        '  new Twitch scopes: chat:edit',
        '  new needs: Gpio',
        '  new dependencies: evil',
      ].join('\n'),
    );
  });
});
