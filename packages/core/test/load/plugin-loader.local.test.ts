import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load, loaderOf, make, manifest, plugin } from './loaded.js';

describe('a local plugin', () => {
  it('of one TypeScript file runs without a build', async () => {
    const bot = await make({
      'plugins/dice.ts': `
        import { type CommandContext, definePlugin, v } from '@pertybot/core';
        interface Sides { readonly sides: number }
        const config = v.strictObject({ sides: v.optional(v.number(), 6) });
        export default definePlugin({
          name: 'dice',
          config,
          start({ command }, { sides }: Sides) {
            command('roll', {}, async ({ reply }: CommandContext) => void (await reply(\`\${sides}\`)));
          },
        });`,
    });
    const loaded = await load(bot, './plugins/dice.ts');
    expect(loaded.plugin.name).toBe('dice');
    expect(loaded.files).toEqual([bot.path('plugins/dice.ts')]);
    expect(loaded.resolved).toEqual({ kind: 'local', file: bot.path('plugins/dice.ts') });
  });

  it('brings the files that it imports, by any ending, also JSON and data beside it', async () => {
    const bot = await make({
      'plugins/a/index.ts': `
        import { readFileSync } from 'node:fs';
        import { definePlugin } from '@pertybot/core';
        import type { Shape } from './shape.js';
        import { one } from './one.js';
        import { two } from '../shared/two';
        import words from './words.json' with { type: 'json' };
        const three = await import('./three.mjs');
        const beside: Shape = { text: readFileSync(new URL('./data.txt', import.meta.url), 'utf8') };
        export default definePlugin({
          name: 'a',
          about: [one, two, three.default, words[0], beside.text, import.meta.filename].join(' '),
        });`,
      'plugins/a/shape.ts': 'export interface Shape { text: string }',
      'plugins/a/one.ts': "export const one: string = 'one';",
      'plugins/shared/two.ts': "export const two = 'two' as const;",
      'plugins/a/three.mjs': "export default 'three';",
      'plugins/a/words.json': '["json"]',
      'plugins/a/data.txt': 'data',
    });
    const { plugin: loaded, files } = await load(bot, './plugins/a');
    expect(loaded.about).toBe(`one two three json data ${bot.path('plugins/a/index.ts')}`);
    expect(files.map((file) => path.relative(bot.folder, file)).sort()).toEqual([
      'plugins/a/index.ts',
      'plugins/a/one.ts',
      'plugins/a/three.mjs',
      'plugins/a/words.json',
      'plugins/shared/two.ts',
    ]);
  });

  it.each([
    ['one.js', plugin('plain')],
    ['one.mjs', plugin('plain')],
    ['one.mts', plugin('plain')],
  ])('may be %s', async (file, text) => {
    const bot = await make({ [file]: text });
    expect((await load(bot, `./${file}`)).plugin.name).toBe('plain');
  });

  it('is imported again only when its content changed', async () => {
    const bot = await make({
      'a.ts': `export { b } from './b.js';\n${plugin('a')}`,
      'b.ts': 'export const b = 1;',
    });
    const first = await load(bot, './a.ts');
    expect((await load(bot, './a.ts')).module).toBe(first.module);
    await bot.write({ 'b.ts': 'export const b = 2;' });
    const second = await load(bot, './a.ts');
    expect(second.module).not.toBe(first.module);
    await bot.write({ 'b.ts': 'export const b = 1;' });
    expect((await load(bot, './a.ts')).module).toBe(first.module);
  });

  it.each([
    ['a.ts', `${plugin('a')}const x: = 3;\n`, /^a\.ts:3:10: Unexpected token\.$/],
    ['a.ts', `${plugin('a')}const x = 'open;\n`, /^a\.ts:3:\d+: .+\.$/],
    ['a.js', `${plugin('a')}const x = ;\n`, /^a\.js:3:11: .+\.$/],
    [
      'a.ts',
      "export { nope } from './nope.js';\n",
      /^a\.ts:1:23: imports "\.\/nope\.js", which does not exist\.$/,
    ],
  ])('with a mistake in %s says where', async (file, text, message) => {
    const bot = await make({ [file]: text });
    await expect(load(bot, `./${file}`)).rejects.toMatchObject({
      code: 'PLUGIN_LOAD_FAILED',
      message: expect.stringMatching(message),
      hint: `Mend "${file}" and save it.`,
      files: expect.arrayContaining([bot.path(file)]),
    });
  });

  it('with a mistake in a file that it imports names that file', async () => {
    const bot = await make({
      'a.ts': `import './lib/b.js';\n${plugin('a')}`,
      'lib/b.ts': 'const ok = 1;\nconst broken = (;\n',
    });
    await expect(load(bot, './a.ts')).rejects.toMatchObject({
      message: expect.stringMatching(/^lib\/b\.ts:2:\d+: /),
      files: [bot.path('a.ts'), bot.path('lib/b.ts')],
    });
  });

  it('that imports a file which is not there yet knows where it might come', async () => {
    const bot = await make({ 'a.ts': `import './soon.js';\n${plugin('a')}` });
    await expect(load(bot, './a.ts')).rejects.toMatchObject({
      files: expect.arrayContaining([bot.path('a.ts'), bot.path('soon.ts'), bot.path('soon.js')]),
    });
  });

  it('that lacks a package says how to get it', async () => {
    const bot = await make({ 'a.ts': `import 'left-of-center';\n${plugin('a')}` });
    await expect(load(bot, './a.ts')).rejects.toMatchObject({
      code: 'PLUGIN_LOAD_FAILED',
      message: expect.stringContaining('The plugin "./a.ts" cannot be loaded: '),
    });
  });

  it('that throws while it is imported says what', async () => {
    const bot = await make({ 'a.ts': `${plugin('a')}throw new TypeError('no such lamp');\n` });
    await expect(load(bot, './a.ts')).rejects.toMatchObject({
      message: 'a.ts:3:7: no such lamp.',
      hint: 'Mend "a.ts" and save it.',
      files: [bot.path('a.ts')],
    });
  });

  it.each([
    ['export const lamp = 1;', 'nothing'],
    ['export default { name: "lamp" };', 'something else'],
    ['export default 3;', 'a number'],
  ])('whose default export of %j is %s is refused', async (text) => {
    const bot = await make({ 'a.ts': text });
    await expect(load(bot, './a.ts')).rejects.toMatchObject({
      code: 'PLUGIN_INVALID',
      message: '"./a.ts" does not export a plugin.',
      files: [bot.path('a.ts')],
    });
  });

  it.each(['plugins/dice.ts', 'plugins', 'lone.ts'])(
    'that is named without its dot, as %s, is told from a package',
    async (use) => {
      const files = { 'plugins/dice.ts': plugin('dice'), 'lone.ts': plugin('lone') };
      await expect(load(await make(files), use)).rejects.toMatchObject({
        code: 'PLUGIN_NOT_INSTALLED',
        hint: `A file of the bot begins with a dot. Write: use: ./${use}`,
      });
    },
  );

  it('that is not there is named, with the nearest file', async () => {
    const bot = await make({ 'plugins/dice.ts': plugin('dice') });
    await expect(load(bot, './plugins/dcie.ts')).rejects.toMatchObject({
      code: 'PLUGIN_NOT_FOUND',
      message: `There is no file "./plugins/dcie.ts" in the bot's folder.`,
      hint: 'Did you mean "./plugins/dice.ts"?',
    });
    await expect(load(bot, './elsewhere/x.ts')).rejects.toMatchObject({
      hint: 'Check the path; it begins at the folder of plugins.yaml.',
    });
    await expect(load(bot, './plugins')).rejects.toMatchObject({
      code: 'PLUGIN_NOT_FOUND',
      message: 'The folder "./plugins" holds no plugin.',
    });
  });

  it('finds the packages that only the program has, and those beside itself', async () => {
    const bot = await make({
      'plugins/own/index.ts': `import own from 'own-package';\nimport far from 'far-package';\n${plugin('own')}export { own, far };\n`,
      'plugins/own/node_modules/own-package/package.json': manifest('own-package'),
      'plugins/own/node_modules/own-package/index.js': 'export default "own";',
      'program/main.js': '',
      'program/node_modules/far-package/package.json': manifest('far-package'),
      'program/node_modules/far-package/index.js': 'export default "far";',
    });
    const from = new URL(`file://${bot.path('program/main.js')}`).href;
    const { module } = await loaderOf(bot, [from]).load('./plugins/own');
    expect(await import(module)).toMatchObject({ own: 'own', far: 'far' });
  });

  it('finds its own packages before those of the bot, also from its lower folders', async () => {
    const bot = await make({
      'plugins/own/package.json': manifest('own', { main: 'src/index.ts' }),
      'plugins/own/src/index.ts': `import { pad } from './lib/pad.js';\nimport bots from 'bots-package';\n${plugin('own')}export { bots, pad };\n`,
      'plugins/own/src/lib/pad.ts': "export { default as pad } from 'leftpad';",
      'plugins/own/node_modules/leftpad/package.json': manifest('leftpad'),
      'plugins/own/node_modules/leftpad/index.js': 'export default "4.0.0";',
      'plugins/lone.ts': `import pad from 'leftpad';\n${plugin('lone')}export { pad };\n`,
      'node_modules/leftpad/package.json': manifest('leftpad'),
      'node_modules/leftpad/index.js': 'export default "3.0.0";',
      'node_modules/bots-package/package.json': manifest('bots-package'),
      'node_modules/bots-package/index.js': 'export default "bot";',
    });
    const { module } = await load(bot, './plugins/own');
    expect(await import(module)).toMatchObject({ pad: '4.0.0', bots: 'bot' });
    expect(await import((await load(bot, './plugins/lone.ts')).module)).toMatchObject({
      pad: '3.0.0',
    });
  });

  it('in a folder of its own uses the core of the bot, whatever it has itself', async () => {
    const bot = await make({});
    const other = await make({
      'package.json': manifest('my-plugin', {
        main: undefined,
        exports: { '.': { types: './dist/index.d.ts', import: './dist/index.js' } },
      }),
      'dist/index.js': plugin('mine'),
    });
    await rm(other.path('node_modules'), { recursive: true, maxRetries: 9 });
    await other.write({
      'node_modules/@pertybot/core/package.json': manifest('@pertybot/core'),
      'node_modules/@pertybot/core/index.js': 'throw new Error("the wrong core");',
    });
    const use = path.relative(bot.folder, other.folder);
    expect((await load(bot, use)).plugin.name).toBe('mine');
  });

  it('in a folder that cannot be written says so', async () => {
    const bot = await make({ 'a.ts': plugin('a') });
    // A file in the place of the folder, since rights do not stop an administrator.
    await bot.write({ '.pertybot': 'in the way' });
    await expect(load(bot, './a.ts')).rejects.toMatchObject({
      code: 'PLUGIN_LOAD_FAILED',
      message: expect.stringContaining('The plugin "a.ts" cannot be copied to ".pertybot/cache": '),
      hint: expect.stringContaining('writable'),
    });
  });
});
