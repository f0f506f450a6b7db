import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeLock } from '@pertybot/core/host';
import { packBackup } from '../../src/backup/backup-manifest.js';
import { runBackup } from '../../src/backup/run-backup.js';
import { runRestore } from '../../src/backup/run-restore.js';
import { readTar, type TarFile, writeTar } from '../../src/backup/tar.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const long = `plugins/${'deep/'.repeat(40)}file-ü.ts`;
const bot = {
  'bot/plugins.yaml': 'plugins: []\n',
  'bot/plugins/dice.ts': 'export {};\n',
  'bot/empty.txt': '',
  [`bot/${long}`]: '// far away\n',
  'bot/package.json': '{}',
  'bot/packages/pertybot-0.1.0-01234567.tgz': 'packed',
  'bot/.env': 'SECRET=hush\n',
  'bot/.env.example': 'SECRET=\n',
  'bot/tls/server.key': 'hush',
  'bot/.pertybot/tokens.json': '{"hush":1}',
  'bot/.pertybot/tokens.alice.json': '{"hush":2}',
  'bot/.pertybot/stores/dice.json': '{"rolls":3}',
  'bot/.pertybot/pins.json': '{}',
  'bot/.pertybot/cache/x.mjs': '',
  'bot/node_modules/pertybot/package.json': '{}',
  'bot/.git/config': '',
};
const ordinary = [
  '.env.example',
  '.pertybot/stores/dice.json',
  'empty.txt',
  'package.json',
  'packages/pertybot-0.1.0-01234567.tgz',
  'plugins.yaml',
  'plugins/dice.ts',
  long,
].sort();
const secret = ['.env', '.pertybot/tokens.alice.json', '.pertybot/tokens.json', 'tls/server.key'];

let folder: TestFolder;
let said: string[];
beforeEach(async () => {
  folder = await makeBotFolder(bot);
  await chmod(folder.file('bot/.env'), 0o600);
  said = [];
});
afterEach(() => folder.remove());

const print = (text: string) => void said.push(text);
const backup = (withSecrets = false) =>
  runBackup({ folder: folder.file('bot'), file: folder.file('b.tar.gz'), withSecrets, print });
const restore = (to: string, force = false, file = 'b.tar.gz') =>
  runRestore({ folder: folder.file(to), file: folder.file(file), force, print, tell: print });
const filesIn = async (path: string) => {
  const entries = await readdir(folder.file(path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.file(path).length + 1))
    .sort();
};
/** Writes an archive with these files, and a true list of them. */
const write = (files: readonly { path: string; text?: string }[]) =>
  writeFile(
    folder.file('b.tar.gz'),
    gzipSync(
      packBackup(
        files.map(({ path, text = '' }): TarFile => {
          return { path, mode: 0o644, bytes: Buffer.from(text) };
        }),
        { made: '2026-01-01', pertybot: '0.1.0', secrets: false },
      ),
    ),
  );

describe('pertybot backup', () => {
  it('holds all that does not come again by itself, and no secrets', async () => {
    await backup();
    const names = execFileSync('tar', ['-tzf', folder.file('b.tar.gz')], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', TAR_OPTIONS: '--quoting-style=literal' },
    });
    expect(names.trim().split('\n').sort()).toEqual([...ordinary, 'pertybot-backup.json'].sort());
    expect((await stat(folder.file('b.tar.gz'))).mode & 0o777).toBe(0o600);
    expect(gunzipSync(await readFile(folder.file('b.tar.gz'))).toString()).not.toContain('hush');
    expect(said.join('\n')).toContain('.env');
    expect(said.join('\n')).toContain('--with-secrets');
  });

  it('holds them where that is wanted', async () => {
    await backup(true);
    await restore('new');
    expect(await filesIn('new')).toEqual([...ordinary, ...secret].sort());
    expect((await stat(folder.file('new/.env'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder.file('new/.pertybot'))).mode & 0o777).toBe(0o700);
    expect((await stat(folder.file('new/.pertybot/tokens.json'))).mode & 0o777).toBe(0o600);
  });

  it('is of a bot alone, overwrites nothing, and says which links it leaves out', async () => {
    await expect(
      runBackup({ folder: folder.path, file: undefined, withSecrets: false, print }),
    ).rejects.toThrow('plugins.yaml');
    await symlink('/etc/passwd', folder.file('bot/passwd'));
    await backup();
    expect(said.join('\n')).toContain('Without what is no file: passwd.');
    await expect(backup()).rejects.toMatchObject({ code: 'CLI_FILE_EXISTS' });
  });

  it('leaves itself and earlier ones out', async () => {
    const now = new Date('2026-03-01T12:00:00Z');
    const options = { folder: folder.file('bot'), file: undefined, withSecrets: false, print };
    await runBackup({ ...options, workingFolder: folder.file('bot'), now });
    expect(existsSync(folder.file('bot/bot-backup-20260301-120000.tar.gz'))).toBe(true);
    await backup();
    await restore('new');
    expect(await filesIn('new')).toEqual(ordinary);
  });
});

describe('pertybot restore', () => {
  it('brings each byte back, and leaves nothing else', async () => {
    await backup();
    await restore('new');
    expect(await filesIn('new')).toEqual(ordinary);
    for (const path of ordinary) {
      expect(await readFile(folder.file(`new/${path}`), 'utf8')).toBe(bot[`bot/${path}`]);
    }
    expect(said.join('\n')).toContain('npm install');
  });

  it('replaces files with force alone', async () => {
    await backup();
    await writeFile(folder.file('bot/plugins/dice.ts'), 'changed');
    await writeFile(folder.file('bot/plugins/mine.ts'), 'mine');
    await expect(restore('bot')).rejects.toMatchObject({
      code: 'CLI_FILE_EXISTS',
      message: expect.stringContaining('plugins/dice.ts'),
    });
    expect(await readFile(folder.file('bot/plugins/dice.ts'), 'utf8')).toBe('changed');
    await restore('bot', true);
    expect(await readFile(folder.file('bot/plugins/dice.ts'), 'utf8')).toBe('export {};\n');
    expect(await readFile(folder.file('bot/plugins/mine.ts'), 'utf8')).toBe('mine');
    expect(await readFile(folder.file('bot/.env'), 'utf8')).toBe('SECRET=hush\n');
  });

  it('takes back an archive that another tar made of the same files', async () => {
    await backup();
    await mkdir(folder.file('unpacked'));
    execFileSync('tar', ['-xzf', folder.file('b.tar.gz'), '-C', folder.file('unpacked')]);
    execFileSync('tar', [
      '-czf',
      folder.file('c.tar.gz'),
      '-C',
      folder.file('unpacked'),
      'pertybot-backup.json',
      ...ordinary,
    ]);
    await restore('new', false, 'c.tar.gz');
    expect(await filesIn('new')).toEqual(ordinary);
  });

  it.each([
    ['../escaped'],
    ['plugins/../../escaped'],
    ['/tmp/escaped'],
    ['plugins//x'],
    ['./x'],
    ['a\\b'],
    ['c:/x'],
    ['a\nb'],
    ['.git/hooks/post-checkout'],
    ['node_modules/pertybot/bin/run.js'],
    ['plugins/NODE_MODULES/x.js'],
    ['.pertybot/estop.json'],
    ['.pertybot/cache/x.mjs'],
    ['.PERTYBOT/stores/x.json'],
    [`plugins/${'x'.repeat(2_000)}`],
  ])('refuses the path %j and writes nothing', async (path) => {
    await write([{ path: 'plugins.yaml' }, { path }]);
    await expect(restore('new')).rejects.toMatchObject({ code: 'CLI_BACKUP_INVALID' });
    expect(existsSync(folder.file('new'))).toBe(false);
    expect(existsSync(folder.file('escaped'))).toBe(false);
  });

  it('refuses links, what is there twice, and a file that is a folder', async () => {
    await mkdir(folder.file('evil'));
    await symlink('/etc', folder.file('evil/plugins'));
    execFileSync('tar', ['-czf', folder.file('b.tar.gz'), '-C', folder.file('evil'), 'plugins']);
    await expect(restore('new')).rejects.toThrow('is no file, but a link or a device');
    await write([{ path: 'a' }, { path: 'a' }]);
    await expect(restore('new')).rejects.toThrow('twice');
    await write([{ path: 'a' }, { path: 'a/b' }]);
    await expect(restore('new')).rejects.toThrow('is a file and a folder');
    expect(existsSync(folder.file('new'))).toBe(false);
  });

  it('writes through no link of the folder, even with force', async () => {
    await write([{ path: 'plugins/dice.ts', text: 'x' }]);
    await mkdir(folder.file('new'));
    await mkdir(folder.file('elsewhere'));
    await symlink(folder.file('elsewhere'), folder.file('new/plugins'));
    await expect(restore('new', true)).rejects.toMatchObject({ code: 'CLI_FILE_EXISTS' });
    expect(await readdir(folder.file('elsewhere'))).toEqual([]);
  });

  it('refuses what was changed, cut off, or is none', async () => {
    await backup();
    const whole = gunzipSync(await readFile(folder.file('b.tar.gz')));
    const tamper = async (bytes: Buffer) => {
      await writeFile(folder.file('b.tar.gz'), bytes);
      await expect(restore('new')).rejects.toMatchObject({ code: 'CLI_BACKUP_INVALID' });
      expect(existsSync(folder.file('new'))).toBe(false);
    };
    await tamper(
      gzipSync(Buffer.from(whole.toString('latin1').replace('export {}', 'import {}'), 'latin1')),
    );
    await tamper(gzipSync(whole.subarray(0, whole.length / 2)));
    await tamper(gzipSync(whole).subarray(0, 200));
    await tamper(Buffer.from('hello'));
    await tamper(Buffer.alloc(0));
    await tamper(gzipSync(writeTar([])));
    await tamper(gzipSync(writeTar([...readTar(whole)].slice(0, -1))));
    await expect(restore('new', false, 'nothing')).rejects.toThrow('there is no such file');
  });

  it('waits for nobody: it refuses while the bot runs', async () => {
    await backup();
    const lock = await takeLock(folder.file('bot/.pertybot'), 'bot', { command: 'pertybot start' });
    await expect(restore('bot', true)).rejects.toMatchObject({ code: 'CLI_BOT_RUNS' });
    await lock?.release();
  });

  it('puts everything back when one file cannot be written', async () => {
    await write([
      { path: 'plugins.yaml', text: 'new' },
      { path: 'x'.repeat(300), text: 'a name that no disk takes' },
    ]);
    await expect(restore('bot', true)).rejects.toMatchObject({ code: 'CLI_FOLDER_LOCKED' });
    expect(await readFile(folder.file('bot/plugins.yaml'), 'utf8')).toBe('plugins: []\n');
    expect(existsSync(folder.file('bot/.pertybot/restoring'))).toBe(false);
  });

  it('puts back first what one that was killed had exchanged', async () => {
    await backup();
    const work = folder.file('bot/.pertybot/restoring');
    await mkdir(`${work}/old`, { recursive: true });
    await writeFile(`${work}/old/0`, 'plugins: []\n');
    await writeFile(folder.file('bot/plugins.yaml'), 'half restored');
    await writeFile(folder.file('bot/stray.txt'), 'half restored');
    await writeFile(
      `${work}/journal.json`,
      JSON.stringify([
        { path: 'plugins.yaml', existed: true },
        { path: 'stray.txt', existed: false },
      ]),
    );
    await restore('bot', true);
    expect(said.join('\n')).toContain('was cut off');
    expect(await readFile(folder.file('bot/plugins.yaml'), 'utf8')).toBe('plugins: []\n');
    expect(existsSync(folder.file('bot/stray.txt'))).toBe(false);
    expect(existsSync(work)).toBe(false);
  });
});
