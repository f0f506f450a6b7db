import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageFolder, StaticFiles } from '../../src/server/static-files.js';

let top: string;
let files: StaticFiles;
beforeAll(async () => {
  top = await mkdtemp(path.join(tmpdir(), 'files-'));
  const folder = path.join(top, 'page');
  await mkdir(path.join(folder, 'deep', 'er'), { recursive: true });
  await writeFile(path.join(top, 'secret.json'), '{"secret":true}');
  const own = {
    'index.html': '<p>',
    'main.js': 'x',
    'deep/er/icon.svg': '<svg/>',
    'deep/a b.css': 'b{}',
    'run.sh': 'reboot',
    '.env': 'TOKEN=x',
    'page.html.bak': 'old',
    noType: 'x',
  };
  for (const [name, text] of Object.entries(own)) await writeFile(path.join(folder, name), text);
  await symlink(path.join(top, 'secret.json'), path.join(folder, 'link.json'));
  await symlink(top, path.join(folder, 'up'));
  files = await StaticFiles.of(folder);
});
afterAll(() => rm(top, { recursive: true, force: true, maxRetries: 9 }));

const textOf = async (name: string) => {
  const file = await files.read(name);
  return file && Buffer.from(file.body).toString();
};

describe('the files of a page', () => {
  it.each([
    ['index.html', '<p>', 'text/html; charset=utf-8'],
    ['main.js', 'x', 'text/javascript; charset=utf-8'],
    ['deep/er/icon.svg', '<svg/>', 'image/svg+xml'],
    ['deep/a b.css', 'b{}', 'text/css; charset=utf-8'],
  ])('are answered by their names: %s', async (name, text, type) => {
    expect(await textOf(name)).toBe(text);
    expect((await files.read(name))?.type).toBe(type);
  });

  it.each([
    '',
    '.',
    '/',
    'nothing.html',
    '/index.html',
    './index.html',
    'deep/../index.html',
    'deep//er/icon.svg',
    'deep\\er\\icon.svg',
    '../secret.json',
    'deep/../../secret.json',
    '..%2fsecret.json',
    'up/secret.json',
    'link.json',
    'INDEX.HTML',
    'index.html\u0000.js',
    'index.html/',
    'main.js?x',
    'deep',
    '__proto__',
  ])('are not there as %j', async (name) => {
    expect(await files.read(name)).toBeUndefined();
  });

  it.each(['run.sh', '.env', 'page.html.bak', 'noType'])(
    'are of a type that a browser is to have: not %s',
    async (name) => {
      expect(await files.read(name)).toBeUndefined();
    },
  );

  it('are those of the start: what comes later is not there', async () => {
    await writeFile(path.join(top, 'page', 'later.js'), 'x');
    expect(await files.read('later.js')).toBeUndefined();
    expect(await (await StaticFiles.of(path.join(top, 'page'))).read('later.js')).toBeDefined();
  });

  it('fail in a folder that is not there', async () => {
    await expect(StaticFiles.of(path.join(top, 'nowhere'))).rejects.toThrow('ENOENT');
  });

  it('of the bot lie in its package', () => {
    expect(path.relative(path.join(__dirname, '..', '..'), pageFolder())).toBe(
      path.join('lib', 'page'),
    );
  });
});
