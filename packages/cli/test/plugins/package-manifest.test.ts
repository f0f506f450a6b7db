import { afterEach, describe, expect, it } from '@jest/globals';
import {
  authorOf,
  describePluginFacts,
  installScriptsOf,
  readManifest,
  readPluginFacts,
} from '../../src/plugins/package-manifest.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder | undefined;

afterEach(async () => {
  await folder?.remove();
  folder = undefined;
});

const read = async (text: string) => {
  folder = await makeBotFolder({ 'package.json': text });
  return readManifest(folder.path);
};

describe('readManifest', () => {
  it('is undefined where there is none, or a torn one', async () => {
    expect(readManifest('/nonexistent')).toBeUndefined();
    expect(await read('{ "name": "di')).toBeUndefined();
  });

  it('is undefined for what is no map of strings where one has to be', async () => {
    expect(await read('{ "scripts": { "install": 1 } }')).toBeUndefined();
  });

  it('takes an empty one', async () => {
    expect(await read('{}')).toMatchObject({ scripts: {}, dependencies: {} });
  });

  it('reads on where others wrote something else as description or facts', async () => {
    const manifest = await read('{ "name": "dice", "description": 7, "pertybot": "yes" }');
    expect(manifest).toMatchObject({ name: 'dice' });
    expect(manifest?.description).toBeUndefined();
    expect(manifest?.pertybot).toBeUndefined();
  });
});

it.each([
  ['{ "author": "Ada <ada@example.com>" }', 'Ada <ada@example.com>'],
  ['{ "author": { "name": "Ada" } }', 'Ada'],
  ['{ "author": {} }', undefined],
  ['{}', undefined],
])('reads the author of %s', async (text, author) => {
  const manifest = await read(text);
  expect(manifest && authorOf(manifest)).toBe(author);
});

describe('installScriptsOf', () => {
  it('names those that npm runs, in its order, and no others', () => {
    const scripts = { test: 'a', postinstall: 'b', preinstall: 'c', prepare: 'd' };
    expect(installScriptsOf({ scripts, gypfile: undefined })).toEqual([
      'preinstall',
      'postinstall',
    ]);
  });

  it('knows that npm builds native code without being told to', () => {
    expect(installScriptsOf({ scripts: {}, gypfile: true })).toEqual(['install']);
    expect(installScriptsOf({ scripts: { install: 'x' }, gypfile: true })).toEqual(['install']);
    expect(installScriptsOf({ scripts: {}, gypfile: false })).toEqual([]);
  });
});

describe('plugin facts', () => {
  it('are undefined for what is none', () => {
    for (const value of [undefined, null, 'lamp', 7, { commands: 'lamp' }, { needs: [1] }]) {
      expect(readPluginFacts(value)).toBeUndefined();
    }
  });

  it('have empty lists for what is not said', () => {
    const facts = readPluginFacts({});
    expect(facts).toEqual({ provides: [], needs: [], commands: [], scopes: [] });
    expect(facts && describePluginFacts(facts)).toEqual([]);
  });

  it('are told in rows, commands as they are typed', () => {
    const facts = {
      provides: [],
      needs: ['Gpio'],
      commands: ['lamp', 'horn'],
      scopes: ['bits:read'],
    };
    expect(describePluginFacts(facts)).toEqual([
      ['needs', 'Gpio'],
      ['commands', '!lamp, !horn'],
      ['Twitch scopes', 'bits:read'],
    ]);
  });

  it('bring no escape sequence of a stranger to the terminal', () => {
    const facts = { provides: [], needs: ['\u001b]0;root\u0007Gpio\n'], commands: [], scopes: [] };
    expect(describePluginFacts(facts)).toEqual([['needs', 'Gpio ']]);
  });
});
