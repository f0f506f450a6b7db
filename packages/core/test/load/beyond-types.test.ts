import { writeFile } from 'node:fs/promises';
import { compileFunction } from 'node:vm';
import { afterAll, describe, expect, it } from '@jest/globals';
import { MirrorScript } from '../../src/load/mirror-script.js';
import { FolderPluginLoader } from '../../src/load/plugin-loader.js';
import { BotFolder, type Files } from '../bot-folder.js';

const folders: BotFolder[] = [];

/** One for all tests, which run at the same time: it copies what has come meanwhile in one process. */
const script = new MirrorScript();

afterAll(async () => {
  await Promise.all(folders.map((folder) => folder.remove()));
});

/** Loads `a.ts` of a bot that holds these files. */
async function load(files: Files) {
  const bot = await BotFolder.make(files);
  folders.push(bot);
  return new FolderPluginLoader({ folder: bot.folder, script }).load('./a.ts');
}

const head = "import { definePlugin } from '@pertybot/core';\n";
const plugin = (about: string) => `export default definePlugin({ name: 'a', about: ${about} });\n`;

/** Node 24 has it, 20 and 22 have not. */
function hasUsing(): boolean {
  try {
    return compileFunction('{ using nothing = null; }') !== undefined;
  } catch {
    return false;
  }
}

describe('TypeScript that is more than JavaScript with types', () => {
  it.concurrent.each([
    [
      'namespace Words { export const one = 1; }',
      'a.ts:2:1: the namespace "Words" has values, which are not stripped.',
      'or write: const Words = { … };',
    ],
    [
      'export namespace A.B { export type X = 1; function f() {} }',
      'a.ts:2:8: the namespace "A"',
      '',
    ],
    ['class A {}\nnamespace A { export enum E { x } }', 'a.ts:3:1: the namespace "A"', ''],
    ['module Old { export let a = 1; }', 'a.ts:2:1: the namespace "Old"', ''],
    [
      "import fs = require('node:fs');",
      'a.ts:2:1: "import … =" is CommonJS.',
      "Write: import fs from 'node:fs';",
    ],
    [
      'import platform = process.platform;',
      'a.ts:2:1: "import … =" is',
      'Write: const platform = …;',
    ],
    ['export import platform = process.platform;', 'a.ts:2:8: "import … =" is', ''],
    ['export = {};', 'a.ts:2:1: "export =" is CommonJS.', 'export default definePlugin({ … });'],
    ['@sealed class A {}', 'a.ts:2:1: decorators are not JavaScript.', 'need a build'],
    ['class A { @log run() {} }', 'a.ts:2:11: decorators are', 'need a build'],
    ['class A { constructor(@inject(B) b: B) {} }', 'a.ts:2:23: decorators are', 'need a build'],
    ['class A { accessor lamp = 1; }', 'a.ts:2:20: Unexpected identifier', 'a getter and a setter'],
    ...(hasUsing()
      ? []
      : [
          [
            '{ using lamp = open(); }',
            'a.ts:2:9: Unexpected identifier',
            'hand its undo to onStop',
          ],
        ]),
  ])(
    'is refused with its place and what to write: %s',
    async (line, message, hint) => {
      await expect(load({ 'a.ts': `${head}${line}\n${plugin("''")}` })).rejects.toMatchObject({
        code: 'PLUGIN_LOAD_FAILED',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      });
    },
    60_000,
  );

  it.concurrent.each([
    [
      "const { definePlugin } = require('@pertybot/core');\nmodule.exports = definePlugin({ name: 'a' });\n",
      'a.ts:1:26',
    ],
    ["exports.default = { name: 'a' };\n", 'a.ts:1:1'],
  ])(
    'is refused where it is CommonJS: %j',
    async (text, place) => {
      await expect(load({ 'a.ts': text })).rejects.toMatchObject({
        code: 'PLUGIN_LOAD_FAILED',
        message: `${place}: this is CommonJS.`,
        hint: expect.stringContaining('export default definePlugin({ … });'),
      });
    },
    60_000,
  );

  it.concurrent('is refused where it has elements', async () => {
    await expect(
      load({ 'a.ts': "import './b.tsx';\n", 'b.tsx': 'export const b = <p>hi</p>;\n' }),
    ).rejects.toMatchObject({
      message: 'b.tsx:1:18: JSX is not understood.',
      hint: expect.stringContaining('"b.ts"'),
    });
    await expect(
      load({ 'a.ts': 'const lamp = 1;\nexport const b = <p>{lamp}</p>;\n' }),
    ).rejects.toMatchObject({
      message: 'a.ts:2:18: JSX is not understood.',
      hint: expect.stringContaining('in quotes'),
    });
  }, 60_000);

  it.concurrent.each([
    ['enum E { one = 1, two }', 'String(E.two)', '2'],
    ['const enum E { one = 1, two }', 'String(E.two)', '2'],
    ['class A { constructor(readonly lamp: number) {} }', 'String(new A(3).lamp)', '3'],
    [
      'abstract class A { abstract on(): void; lamp!: number; declare far: string }',
      "'fine'",
      'fine',
    ],
    [
      'namespace Shapes { export interface Lamp { on: boolean } export type Name = string }',
      "'fine'",
      'fine',
    ],
    ['declare namespace Far { const lamp: number; }', "'fine'", 'fine'],
    ['declare global { var lamp: number }', "'fine'", 'fine'],
    ['const module = { exports: 1 }; const namespace = module;', 'String(namespace.exports)', '1'],
    ['const lamp = { on: 1 } satisfies object as const;', 'String(lamp!.on)', '1'],
    ["const lamp = <unknown>'5';", '(lamp as string) + 1', '51'],
    ['const same = <T,>(given: T): T => given;', 'String(same<number>(7))', '7'],
    ...(hasUsing() ? [['{ using nothing: null = null; }', "'fine'", 'fine']] : []),
  ])(
    'runs where it can be had: %s',
    async (line, about, value) => {
      const { plugin: loaded } = await load({ 'a.ts': `${head}${line}\n${plugin(about)}` });
      expect(loaded.about).toBe(value);
    },
    60_000,
  );
});

describe('what fails while a plugin is imported', () => {
  it.concurrent.each([
    [
      'const config = v.object({});\n',
      'a.ts:2:16: v is not defined.',
      "comes from '@pertybot/core'",
    ],
    [
      'null.on();\n',
      "a.ts:2:6: Cannot read properties of null (reading 'on').",
      'Mend "a.ts" and save it.',
    ],
  ])(
    'has its place in %j',
    async (line, message, hint) => {
      const files = { 'a.ts': `${head}${line}${plugin("''")}` };
      await expect(load(files)).rejects.toMatchObject({
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      });
    },
    60_000,
  );

  it.concurrent('has its place in the file that it imports', async () => {
    await expect(
      load({ 'a.ts': `import './lib/b.js';\n${head}`, 'lib/b.ts': 'type B = 1;\nlamp.on();\n' }),
    ).rejects.toMatchObject({
      message: 'lib/b.ts:2:1: lamp is not defined.',
      hint: expect.stringContaining('"lamp"'),
    });
  }, 60_000);
});

describe('a file that is no UTF-8', () => {
  it.concurrent.each([
    ['UTF-16 with its mark', Buffer.from([0xff, 0xfe, 0x61, 0]), 'a.ts: it is saved as UTF-16'],
    ['UTF-16 without', Buffer.from(plugin("''"), 'utf16le'), 'a.ts: it is saved as UTF-16'],
    [
      'Latin-1',
      Buffer.from(`${head}${plugin("'Grüße'")}`, 'latin1'),
      `a.ts:2:${plugin("'Grüße'").indexOf('ü') + 1}: here are letters that are no UTF-8`,
    ],
  ])('is told with its place and how to save it: %s', async (_, bytes, message) => {
    const bot = await BotFolder.make({});
    folders.push(bot);
    await writeFile(bot.path('a.ts'), bytes);
    const loader = new FolderPluginLoader({ folder: bot.folder, script });
    await expect(loader.load('./a.ts')).rejects.toMatchObject({
      code: 'PLUGIN_LOAD_FAILED',
      message: expect.stringContaining(message),
      hint: expect.stringContaining('UTF-8'),
    });
  });

  it.concurrent('is taken with a byte order mark', async () => {
    await expect(load({ 'a.ts': `\uFEFF${head}${plugin("''")}` })).resolves.toBeDefined();
  });
});
