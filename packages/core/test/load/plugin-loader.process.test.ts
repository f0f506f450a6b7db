import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { BotFolder, type Files } from '../bot-folder.js';

// Each test starts processes, and a busy machine takes its time for those.
jest.setTimeout(60_000);

const run = promisify(execFile);
const script = fileURLToPath(new URL('../fixtures/load-plugins.mjs', import.meta.url));

let bot: BotFolder | undefined;

afterEach(() => bot?.remove());

/** Runs {@link script} in a new bot folder: Node's own loader, and no test runner in between. */
async function load(files: Files, ...steps: string[]): Promise<readonly unknown[]> {
  bot = await BotFolder.make(files);
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { stdout } = await run(process.execPath, [script, bot.folder, ...steps], { env });
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const cjs = (about: string) =>
  `const { definePlugin } = require('@pertybot/core');
const word = require('./word.cjs');
module.exports = definePlugin({ name: 'old', about: word + '${about}' });
`;

describe('FolderPluginLoader in a process of its own', () => {
  it('says which file ends the process as it is loaded, which is no success', async () => {
    const loading = load({ 'a.ts': '\nprocess.exit(0);\nexport default {};\n' }, './a.ts');
    await expect(loading).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Error: a.ts:2:9 ended the process as its plugin was loaded'),
    });
  });

  it('loads CommonJS, and again when it or what it requires changed', async () => {
    const lines = await load(
      { 'old.cjs': cjs('1'), 'word.cjs': "module.exports = 'a';" },
      './old.cjs',
      `old.cjs=${cjs('2')}`,
      './old.cjs',
      "word.cjs=module.exports = 'b';",
      './old.cjs',
    );
    expect(lines).toEqual([
      { name: 'old', about: 'a1', files: 2 },
      { name: 'old', about: 'a2', files: 2 },
      { name: 'old', about: 'b2', files: 2 },
    ]);
  });

  it('loads CommonJS that TypeScript compiled from an export default', async () => {
    const text = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const core_1 = require("@pertybot/core");
exports.default = (0, core_1.definePlugin)({ name: 'compiled' });
`;
    const folder = 'node_modules/pertybot-plugin-old';
    const lines = await load(
      {
        [`${folder}/package.json`]: '{ "name": "pertybot-plugin-old", "main": "index.js" }',
        [`${folder}/index.js`]: text,
        'local.cjs': text,
      },
      'old',
      './local.cjs',
    );
    expect(lines).toMatchObject([{ name: 'compiled' }, { name: 'compiled' }]);
  });

  it('goes on with a package that was updated on the disk, and says so', async () => {
    const folder = 'node_modules/pertybot-plugin-hue';
    const manifest = (version: string) =>
      `{ "name": "pertybot-plugin-hue", "version": "${version}", "type": "module", "main": "index.js" }`;
    const text = (about: string) =>
      `import { definePlugin } from '@pertybot/core';\nimport { word } from './word.js';\nexport default definePlugin({ name: 'hue', about: word + '${about}' });\n`;
    const lines = await load(
      {
        [`${folder}/package.json`]: manifest('1.0.0'),
        [`${folder}/index.js`]: text('one'),
        [`${folder}/word.js`]: "export const word = 'old ';\n",
      },
      'hue',
      `${folder}/package.json=${manifest('2.0.0')}`,
      `${folder}/index.js=${text('two')}`,
      `${folder}/word.js=export const word = 'new ';\n`,
      'hue',
      `${folder}/package.json=${manifest('1.0.0')}`,
    );
    const before = { name: 'hue', about: 'old one', files: 0, version: '1.0.0' };
    expect(lines).toEqual([before, { ...before, outdated: '2.0.0' }]);
  });

  it('says of a package that could not be loaded, and was mended, how it can', async () => {
    const folder = 'node_modules/pertybot-plugin-hue';
    const manifest = (version: string) =>
      `{ "name": "pertybot-plugin-hue", "version": "${version}", "type": "module", "main": "index.js" }`;
    const lines = await load(
      {
        [`${folder}/package.json`]: manifest('1.0.0'),
        [`${folder}/index.js`]: "throw new Error('no bridge');\n",
      },
      'hue',
      `${folder}/package.json=${manifest('1.0.1')}`,
      `${folder}/index.js=import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: 'hue' });\n`,
      'hue',
    );
    expect(lines).toMatchObject([
      { message: 'The plugin "hue" cannot be loaded: no bridge' },
      { hint: '1.0.1 is installed now: start the bot again to load that.' },
    ]);
  });
  it.each([
    ['Bot', 'Bot'],
    ['readBotFileText', 'readBotFileText'],
    ['guardProcess', 'catchProcessFaults'],
  ])(
    'leads whoever imports %s from the face of the authors to that of the programs',
    async (name, now) => {
      const text = `import { definePlugin, ${name} } from '@pertybot/core';
export default definePlugin({ name: 'old', about: String(${name}) });
`;
      const folder = 'node_modules/pertybot-plugin-old';
      const lines = await load(
        {
          'old.ts': text,
          [`${folder}/package.json`]:
            '{ "name": "pertybot-plugin-old", "type": "module", "main": "index.js" }',
          [`${folder}/index.js`]: text,
        },
        './old.ts',
        'pertybot-plugin-old',
      );
      const hint = `Write: import { ${now} } from '@pertybot/core/host'`;
      expect(lines).toEqual([
        expect.objectContaining({ code: 'PLUGIN_LOAD_FAILED', hint }),
        expect.objectContaining({ code: 'PLUGIN_LOAD_FAILED', hint }),
      ]);
    },
  );

  it('says where a syntax error of JavaScript is', async () => {
    const plugin = "import { definePlugin } from '@pertybot/core';\n";
    const lines = await load(
      {
        'a.js': `${plugin}export default definePlugin({ name: 'a' }});\n`,
        'b.js': `import './lib.js';\n${plugin}export default definePlugin({ name: 'b' });\n`,
        'lib.js': 'export const a = 1;\nawait = 3;\n',
        'c.cjs': 'module.exports = {;\n',
        'd.js': "import { nothing } from './e.js';\nexport default nothing;\n",
        'e.js': 'export const e = 1;\n',
      },
      './a.js',
      './b.js',
      './c.cjs',
      './d.js',
    );
    expect(lines).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^a\.js:2:41: missing \)/) }),
      expect.objectContaining({ message: expect.stringMatching(/^lib\.js:2:\d+: .+/) }),
      expect.objectContaining({ message: expect.stringMatching(/^c\.cjs:1:19: .+/) }),
      expect.objectContaining({
        message:
          "d.js:1:10: The requested module 'e.js' does not provide an export named 'nothing'.",
        hint: expect.stringContaining('Check how "nothing" is spelled, or export it there'),
      }),
    ]);
  });

  it('says that decorators need a build', async () => {
    const [line] = await load(
      {
        'a.ts': `import { definePlugin, injectable } from '@pertybot/core';
@injectable()
class Lamp {}
export default definePlugin({ name: 'a', register: (container) => void container.registerSingleton(Lamp) });
`,
      },
      './a.ts',
    );
    expect(line).toMatchObject({
      code: 'PLUGIN_LOAD_FAILED',
      message: expect.stringMatching(/^a\.ts:2:1: /),
      hint: expect.stringContaining('Decorators need a build'),
    });
  });

  it('says how JSON is imported', async () => {
    const text = "import words from './words.json';\nexport default words;\n";
    expect(await load({ 'a.ts': text, 'words.json': '[]' }, './a.ts')).toMatchObject([
      {
        message: expect.stringContaining('Module "words.json" needs an import attribute'),
        hint: "Write: import … from './….json' with { type: 'json' };",
      },
    ]);
  });

  it('names a missing package with the command that installs it', async () => {
    const text = "import 'left-of-center';\nexport default 1;\n";
    expect(await load({ 'a.ts': text }, './a.ts')).toMatchObject([
      { hint: "Run in the bot's folder: npm install left-of-center" },
    ]);
  });
});
