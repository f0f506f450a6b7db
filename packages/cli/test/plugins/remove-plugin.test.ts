import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { editBotFile } from '../../src/plugins/plugin-change.js';
import { removeWholly, switchPlugin } from '../../src/plugins/remove-plugin.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const botFile = '# mine\nplugins:\n  - use: texts # these\n  - use: gpio\n    id: pins\n';

let folder: TestFolder;
const { PATH } = process.env;
const { signal } = new AbortController();
const tell = () => {};
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': botFile, 'package.json': '{}' });
  // No npm is found there, and none is started.
  process.env.PATH = folder.file('nowhere');
});
afterEach(async () => {
  process.env.PATH = PATH;
  await folder.remove();
});

const read = (name: string) => readFile(folder.file(name), 'utf8');

describe('an edit of plugins.yaml', () => {
  it('is not written where nothing changed', async () => {
    const { ino } = await stat(folder.file('plugins.yaml'));
    await editBotFile(folder.path, () => undefined);
    expect((await stat(folder.file('plugins.yaml'))).ino).toBe(ino);
  });

  it('is not written where it fails', async () => {
    const edit = editBotFile(folder.path, (editor) => {
      editor.remove('texts');
      throw new TypeError('no');
    });
    await expect(edit).rejects.toThrow('no');
    expect(await read('plugins.yaml')).toBe(botFile);
  });

  it('keeps comments, order and a byte order mark', async () => {
    await writeFile(folder.file('plugins.yaml'), `\ufeff${botFile}`);
    await switchPlugin('pins', folder.path, false);
    expect(await read('plugins.yaml')).toMatch(/^\ufeff# mine\n[\s\S]+ {4}enabled: false\n/);
    await switchPlugin('pins', folder.path, true);
    expect(await read('plugins.yaml')).toMatch(
      /^\ufeff# mine\nplugins:\n {2}- use: texts # these\n/,
    );
  });

  it('names what there is, where it is of a plugin that there is not', async () => {
    await expect(switchPlugin('gpio2', folder.path, false)).rejects.toMatchObject({
      code: 'CLI_PLUGIN_UNKNOWN',
      hint: 'It has texts, pins.',
    });
    await writeFile(folder.file('plugins.yaml'), 'plugins: []\n');
    await expect(switchPlugin('x', folder.path, false)).rejects.toMatchObject({
      hint: 'It lists none.',
    });
  });
});

describe('a plugin that is removed', () => {
  const remove = (what: string) => removeWholly(what, { folder: folder.path, signal, tell });

  it('goes out of plugins.yaml alone where npm did not install it', async () => {
    expect(await remove('pins')).toBe('Took pins out of plugins.yaml.');
    expect(await read('plugins.yaml')).toBe('# mine\nplugins:\n  - use: texts # these\n');
  });

  it('stays wholly where npm fails to uninstall it', async () => {
    const installed = JSON.stringify({ dependencies: { 'pertybot-plugin-fan': '^1.0.0' } });
    await writeFile(folder.file('package.json'), installed);
    await writeFile(folder.file('plugins.yaml'), `${botFile}  - use: fan\n`);
    await mkdir(folder.file('node_modules'));
    await expect(remove('fan')).rejects.toMatchObject({ code: 'CLI_NPM_FAILED' });
    expect(await read('plugins.yaml')).toBe(`${botFile}  - use: fan\n`);
    expect(await read('package.json')).toBe(installed);
  });

  it('keeps its package as long as another entry uses it', async () => {
    const installed = JSON.stringify({ dependencies: { 'pertybot-plugin-fan': '^1.0.0' } });
    await writeFile(folder.file('package.json'), installed);
    const twice = 'plugins:\n  - use: fan\n  - use: fan\n    id: second\n';
    await writeFile(folder.file('plugins.yaml'), twice);
    expect(await remove('second')).toBe('Took second out of plugins.yaml.');
    expect(await read('plugins.yaml')).toBe('plugins:\n  - use: fan\n');
  });

  it('is named where there is none', async () => {
    await expect(remove('gpio')).resolves.toContain('Took gpio');
    await expect(remove('gpio')).rejects.toMatchObject({ code: 'CLI_PLUGIN_UNKNOWN' });
    expect(await read('plugins.yaml')).toContain('texts');
  });
});
