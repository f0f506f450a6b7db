import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isPertyError } from '../../src/contracts/errors.js';
import { coreVersion, refuseOtherCore } from '../../src/load/core-package.js';
import { resolvePlugin } from '../../src/load/plugin-resolver.js';

let folder = '';

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'pertybot-resolve-')));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, text = ''): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name, version: '1.2.3', type: 'module', exports: './index.js', ...more });

async function install(name: string, more?: object, below = 'node_modules'): Promise<void> {
  await write(`${below}/${name}/package.json`, manifest(name, more));
  await write(`${below}/${name}/index.js`);
}

/** What is found, from the bot's folder; or why nothing is. */
async function find(use: string, resolveFrom: readonly string[] = []) {
  try {
    const found = await resolvePlugin(use, { folder, resolveFrom });
    return path.relative(folder, found.file);
  } catch (error) {
    if (!isPertyError(error)) throw error;
    return { code: error.code, hint: error.hint };
  }
}

describe('a file or folder of the bot', () => {
  it('is found by its path, a link by what it names', async () => {
    const file = await write('plugins/dice.ts');
    await symlink(file, path.join(folder, 'plugins/link.ts'));
    expect(await find('./plugins/dice.ts')).toBe('plugins/dice.ts');
    expect(await find('./plugins/link.ts')).toBe('plugins/dice.ts');
    expect(await find(file)).toBe('plugins/dice.ts');
  });

  it.each([
    ['{"main":"lib/own.js"}', 'a/lib/own.js'],
    ['{"exports":"./lib/own.js"}', 'a/lib/own.js'],
    ['{"exports":{".":{"import":"./lib/own.js"}}}', 'a/lib/own.js'],
    ['{"exports":{"default":"./lib/own.js"}}', 'a/lib/own.js'],
    ['{"main":"gone.js"}', 'a/index.ts'],
    ['{"main":5,"exports":[]}', 'a/index.ts'],
    ['not JSON', 'a/index.ts'],
  ])('goes by its package.json %s to %s', async (text, file) => {
    await write('a/package.json', text);
    await write('a/lib/own.js');
    await write('a/index.ts');
    expect(await find('./a')).toBe(file);
  });

  it('has its file by the first of the usual names', async () => {
    await write('a/index.mjs');
    await write('a/index.js');
    expect(await find('./a')).toBe('a/index.js');
  });

  it('that holds no plugin, or is not there, says what to do', async () => {
    await mkdir(path.join(folder, 'empty'));
    await mkdir(path.join(folder, 'odd', 'index.ts'), { recursive: true });
    const hint = 'Put an index.ts there, or a package.json whose "main" names the file.';
    expect(await find('./empty')).toEqual({ code: 'PLUGIN_NOT_FOUND', hint });
    expect(await find('./odd')).toEqual({ code: 'PLUGIN_NOT_FOUND', hint });
    await write('plugins/dice.ts');
    expect(await find('./plugins/dise.ts')).toEqual({
      code: 'PLUGIN_NOT_FOUND',
      hint: 'Did you mean "./plugins/dice.ts"?',
    });
    expect(await find('./nowhere/dice.ts')).toEqual({
      code: 'PLUGIN_NOT_FOUND',
      hint: 'Check the path; it begins at the folder of plugins.yaml.',
    });
  });
});

describe('a package', () => {
  it('is ours before that of others, and has what its package.json says', async () => {
    await install('pertybot-plugin-fan', {
      dependencies: { a: '1' },
      peerDependencies: { b: '2' },
    });
    expect(await find('fan')).toBe('node_modules/pertybot-plugin-fan/index.js');
    await install('@pertybot/plugin-fan');
    expect(await find('fan')).toBe('node_modules/@pertybot/plugin-fan/index.js');
    expect(await resolvePlugin('pertybot-plugin-fan', { folder })).toMatchObject({
      kind: 'package',
      packageName: 'pertybot-plugin-fan',
      version: '1.2.3',
      dependencies: { a: '1' },
      peerDependencies: { b: '2' },
      folder: path.join(folder, 'node_modules/pertybot-plugin-fan'),
    });
  });

  it('may be beside the program, which the bot’s own comes before', async () => {
    await install('pertybot-plugin-fan', {}, 'program/node_modules');
    const beside = [pathToFileURL(path.join(folder, 'program', 'main.js')).href];
    expect(await find('fan', beside)).toBe('program/node_modules/pertybot-plugin-fan/index.js');
    await install('pertybot-plugin-fan');
    expect(await find('fan', beside)).toBe('node_modules/pertybot-plugin-fan/index.js');
  });

  it('that names a file outside of it is refused', async () => {
    await write('outside.js');
    await install('pertybot-plugin-fan');
    await rm(path.join(folder, 'node_modules/pertybot-plugin-fan/index.js'));
    await symlink(
      path.join(folder, 'outside.js'),
      path.join(folder, 'node_modules/pertybot-plugin-fan/index.js'),
    );
    expect(await find('fan')).toEqual({
      code: 'PLUGIN_INVALID',
      hint: 'Do not use it; remove it with: pertybot plugins remove fan',
    });
  });

  it('that is not there is named with what may be meant', async () => {
    await install('pertybot-plugin-weather');
    expect(await find('wether')).toEqual({
      code: 'PLUGIN_NOT_INSTALLED',
      hint: 'Did you mean "weather"? Otherwise run: pertybot plugins add wether',
    });
    expect(await find('gipo')).toMatchObject({ hint: expect.stringContaining('"gpio"') });
    expect(await find('something-else')).toEqual({
      code: 'PLUGIN_NOT_INSTALLED',
      hint: 'Run: pertybot plugins add something-else',
    });
    await write('plugins/dice.ts');
    expect(await find('plugins/dice.ts')).toEqual({
      code: 'PLUGIN_NOT_INSTALLED',
      hint: 'A file of the bot begins with a dot. Write: use: ./plugins/dice.ts',
    });
  });
});

describe('a plugin for another core', () => {
  const plugin = (range?: string) => ({
    ...{
      kind: 'package',
      file: '/x',
      packageName: 'x',
      version: '1.0.0',
      folder: '/',
      dependencies: {},
    },
    peerDependencies: range === undefined ? {} : { '@pertybot/core': range },
  });

  it.each([undefined, '*', coreVersion, `>=${coreVersion}`, `^${coreVersion}`])(
    'is none with the range %p',
    (range) => {
      expect(() => refuseOtherCore(plugin(range) as never)).not.toThrow();
    },
  );

  it.each(['>=99.0.0', '<0.0.1', 'nonsense'])('is refused with the range %p', (range) => {
    expect(() => refuseOtherCore(plugin(range) as never)).toThrow(
      expect.objectContaining({
        code: 'PLUGIN_CORE_MISMATCH',
        message: `The plugin "x" 1.0.0 wants @pertybot/core ${range}, but ${coreVersion} runs.`,
      }),
    );
  });
});
