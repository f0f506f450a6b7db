import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { packBackup, partOf, unpackBackup } from '../../src/backup/backup-manifest.js';
import { recoverFiles, restoreFiles } from '../../src/backup/restore-files.js';
import { readTar, TarError, type TarFile, writeTar } from '../../src/backup/tar.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const file = (path: string, text = path, mode = 0o644): TarFile => ({
  path,
  mode,
  bytes: Buffer.from(text),
});
const about = { made: '2026-01-01T00:00:00Z', pertybot: '1.0.0', secrets: false };

describe('an archive', () => {
  it.each([
    ['nothing', []],
    ['an empty file', [file('a', '')]],
    ['a file of exactly a block', [file('a', 'x'.repeat(512))]],
    ['a file of a block and a byte', [file('a', 'x'.repeat(513)), file('b')]],
    ['names of 99 to 101 bytes', [99, 100, 101].map((length) => file('n'.repeat(length)))],
    ['names of other scripts', [file('日本/ランプ.ts'), file(`${'ü'.repeat(60)}.ts`)]],
    ['a name of a thousand bytes', [file(`${'deep/'.repeat(200)}x`)]],
    ['modes', [file('run', '', 0o755), file('secret', '', 0o600)]],
  ])('gives back %s, byte for byte', (_, files) => {
    expect(readTar(writeTar(files))).toEqual(files);
  });

  it('gives back ten thousand files in their order', () => {
    const files = Array.from({ length: 10_000 }, (_, index) => file(`f${index}`));
    expect(readTar(writeTar(files)).map(({ path }) => path)).toEqual(files.map(({ path }) => path));
  });

  it('is refused wherever it is cut off', () => {
    const whole = writeTar([file('a', 'x'.repeat(600)), file('b')]);
    for (let length = 0; length < whole.length - 1_024; length += 256) {
      expect(() => readTar(whole.subarray(0, length))).toThrow(TarError);
    }
  });

  it('is refused with any byte of a header changed', () => {
    const whole = writeTar([file('a')]);
    for (const at of [0, 50, 101, 125, 130, 156, 300]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => readTar(changed)).toThrow(TarError);
    }
  });

  it.each([
    ['1', 'a hard link'],
    ['2', 'a symbolic link'],
    ['3', 'a device'],
    ['6', 'a pipe'],
    ['K', 'a long link'],
  ])('is refused with an entry of type %s, %s', (type) => {
    expect(() => readTar(ofType(type))).toThrow('is no file, but a link or a device');
  });

  it('leaves folders out', () => {
    expect(readTar(ofType('5'))).toEqual([]);
  });

  /** An archive of one entry, whose header is right but for its type. */
  function ofType(type: string): Buffer {
    const archive = writeTar([file('a', '')]);
    archive.write(type, 156, 'latin1');
    archive.fill(' ', 148, 156);
    const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return archive;
  }
});

describe('what goes into a backup', () => {
  it.each([
    ['plugins.yaml', 'always'],
    ['plugins/dice.ts', 'always'],
    ['.pertybot', 'always'],
    ['.pertybot/stores', 'always'],
    ['.pertybot/stores/dice.json', 'always'],
    ['.env.example', 'always'],
    ['.env', 'secret'],
    ['.ENV', 'secret'],
    ['.env.local', 'secret'],
    ['deep/.npmrc', 'secret'],
    ['tls/server.KEY', 'secret'],
    ['.pertybot/tokens.json', 'secret'],
    ['.pertybot/tokens.alice.json', 'secret'],
    ['.pertybot/tokens.json.bak', 'never'],
    ['.pertybot/pins.json', 'never'],
    ['.PERTYBOT/tokens.json', 'never'],
    ['.pertybot/stores/deep/x.json', 'never'],
    ['node_modules/x', 'never'],
    ['a/Node_Modules/x', 'never'],
    ['.git/config', 'never'],
    ['bot-backup-20260101-000000.tar.gz', 'never'],
    ['old/bot-backup-20260101-000000.tar.gz', 'always'],
  ])('is %s: %s', (path, part) => {
    expect(partOf(path)).toBe(part);
  });
});

describe('a backup that is unpacked', () => {
  const refused = (files: readonly TarFile[], why: string) => {
    const archive = packBackup(files, about);
    expect(() => unpackBackup(archive, 'b.tar.gz')).toThrow(
      expect.objectContaining({
        code: 'CLI_BACKUP_INVALID',
        message: expect.stringContaining(why),
        hint: 'Nothing was changed; take another backup.',
      }),
    );
  };

  it('tells when it was made, and holds its files', () => {
    const { manifest, files } = unpackBackup(packBackup([file('a')], about), 'x');
    expect(manifest).toMatchObject({ ...about, version: 1 });
    expect(files).toEqual([file('a')]);
  });

  it.each([
    '../a',
    'a/../../b',
    '/etc/passwd',
    'a//b',
    './a',
    'a\\b',
    'C:/a',
    'a\nb',
    'x'.repeat(1_025),
  ])('is refused with a path that leads out: %j', (path) =>
    refused([file(path)], 'leads out of the folder'),
  );

  it.each(['node_modules/x/index.js', '.pertybot/pins.json', '.git/hooks/post-checkout'])(
    'is refused with what no backup holds: %j',
    (path) => refused([file(path)], 'does not belong into a backup'),
  );

  it('is refused where a file is a folder, or there twice', () => {
    refused([file('a'), file('a/b')], '"a" is a file and a folder');
    refused([file('a', '1'), file('a', '1')], '"a" is there twice');
  });

  it('is refused where a file was changed, added or taken away', () => {
    const [head, ...files] = readTar(packBackup([file('a'), file('b')], about));
    const unpack = (...others: readonly TarFile[]) =>
      unpackBackup(writeTar(head === undefined ? others : [head, ...others]), 'x');
    expect(() => unpack(...files)).not.toThrow();
    expect(() => unpack(file('a', 'other'), file('b'))).toThrow('"a" was changed');
    expect(() => unpack(file('a'))).toThrow('"b" is missing');
    expect(() => unpack(...files, file('c'))).toThrow('"c" is there twice, or not in its list');
  });

  it('is refused that is none, is of a newer PertyBot, or says nothing sensible of itself', () => {
    const manifest = (text: string) => writeTar([file('pertybot-backup.json', text)]);
    expect(() => unpackBackup(writeTar([file('a')]), 'x')).toThrow('is no backup of PertyBot');
    expect(() => unpackBackup(writeTar([]), 'x')).toThrow('is no backup of PertyBot');
    expect(() => unpackBackup(Buffer.from('PK'), 'x')).toThrow('Its end is missing');
    for (const text of ['', '{', '[]', '{"format":"other"}']) {
      expect(() => unpackBackup(manifest(text), 'x')).toThrow('cannot be restored');
    }
    const newer = { format: 'pertybot-backup', version: 2, files: {}, ...about };
    expect(() => unpackBackup(manifest(JSON.stringify(newer)), 'x')).toThrow('newer PertyBot');
  });
});

describe('files that are put into a folder', () => {
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await makeBotFolder({ 'plugins.yaml': 'old', '.pertybot/x': '' });
  });
  afterEach(() => folder.remove());

  const read = (name: string) => readFile(folder.file(name), 'utf8');
  const modeOf = async (name: string) => (await stat(folder.file(name))).mode & 0o777;

  it('replace what is there, make what is not, and leave nothing beside them', async () => {
    await restoreFiles(folder.path, [file('plugins.yaml', 'new'), file('a/b/c', 'deep')]);
    expect([await read('plugins.yaml'), await read('a/b/c')]).toEqual(['new', 'deep']);
    expect(await readdir(folder.file('.pertybot'))).toEqual(['x']);
  });

  it('can never be written by others, nor run as another user', async () => {
    await restoreFiles(folder.path, [
      file('open', '', 0o777),
      file('run', '', 0o4755),
      file('secret', '', 0o600),
      file('none', '', 0o000),
      file('.pertybot/stores/dice.json', '{}', 0o644),
    ]);
    expect(await Promise.all(['open', 'run', 'secret', 'none'].map(modeOf))).toEqual([
      ...[0o755, 0o755, 0o600, 0o400],
    ]);
    expect(await modeOf('.pertybot/stores/dice.json')).toBe(0o600);
    expect(await modeOf('.pertybot/stores')).toBe(0o700);
  });

  it('are none at all where one cannot be put in its place', async () => {
    await mkdir(folder.file('b/in-the-way'), { recursive: true });
    await symlink('nowhere', folder.file('link'));
    const files = [file('plugins.yaml', 'new'), file('a/new', 'x'), file('b/in-the-way/x/y')];
    await writeFile(folder.file('b/in-the-way/x'), 'a file, no folder');
    await expect(restoreFiles(folder.path, files)).rejects.toThrow();
    expect(await read('plugins.yaml')).toBe('old');
    expect((await readdir(folder.path)).sort()).toEqual(['.pertybot', 'b', 'link', 'plugins.yaml']);
    expect(await readdir(folder.file('.pertybot'))).toEqual(['x']);
  });

  it('have nothing to be put back where none was killed', async () => {
    expect(await recoverFiles(folder.path)).toBe(false);
  });

  it.each([0, 1, 2])(
    'are put back that were exchanged by one that was killed after %i',
    async (done) => {
      const work = folder.file('.pertybot/restoring');
      const journal = [
        { path: 'plugins.yaml', existed: true },
        { path: 'fresh/new', existed: false },
      ];
      await mkdir(`${work}/old`, { recursive: true });
      await mkdir(`${work}/new`);
      await writeFile(`${work}/journal.json`, JSON.stringify(journal));
      for (const [at] of journal.entries()) await writeFile(`${work}/new/${at}`, 'new');
      if (done > 0) {
        await rename(folder.file('plugins.yaml'), `${work}/old/0`);
        await rename(`${work}/new/0`, folder.file('plugins.yaml'));
      }
      if (done > 1) {
        await mkdir(folder.file('fresh'));
        await rename(`${work}/new/1`, folder.file('fresh/new'));
      }
      expect(await recoverFiles(folder.path)).toBe(true);
      expect(await read('plugins.yaml')).toBe('old');
      expect((await readdir(folder.path)).sort()).toEqual(['.pertybot', 'plugins.yaml']);
      expect(await recoverFiles(folder.path)).toBe(false);
    },
  );
});
