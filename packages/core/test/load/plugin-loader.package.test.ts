import { rm } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { coreFolder } from '../bot-folder.js';
import { load, make, manifest, plugin } from './loaded.js';

describe('a package', () => {
  it('is found by its short name, ours before those of others', async () => {
    const bot = await make({
      'node_modules/pertybot-plugin-hue/package.json': manifest('pertybot-plugin-hue'),
      'node_modules/pertybot-plugin-hue/index.js': plugin('hue'),
      'node_modules/@me/lights/package.json': manifest('@me/lights'),
      'node_modules/@me/lights/index.js': plugin('lights'),
    });
    expect(await load(bot, 'hue')).toMatchObject({
      plugin: { name: 'hue' },
      resolved: { kind: 'package', packageName: 'pertybot-plugin-hue', version: '1.2.3' },
      files: [],
    });
    expect((await load(bot, 'pertybot-plugin-hue')).plugin.name).toBe('hue');
    expect((await load(bot, '@me/lights')).plugin.name).toBe('lights');
    await bot.write({
      'node_modules/@pertybot/plugin-hue/package.json': manifest('@pertybot/plugin-hue'),
      'node_modules/@pertybot/plugin-hue/index.js': plugin('ours'),
    });
    expect((await load(bot, 'hue')).plugin.name).toBe('ours');
  });

  it('may have exports for import alone, and a nameless package.json inside', async () => {
    const bot = await make({
      'node_modules/pertybot-plugin-x/package.json': JSON.stringify({
        name: 'pertybot-plugin-x',
        version: '2.0.0',
        exports: { import: './dist/index.js' },
      }),
      'node_modules/pertybot-plugin-x/dist/package.json': '{ "type": "module" }',
      'node_modules/pertybot-plugin-x/dist/index.js': plugin('x'),
    });
    expect((await load(bot, 'x')).resolved).toMatchObject({
      version: '2.0.0',
      folder: bot.path('node_modules/pertybot-plugin-x'),
    });
  });

  it('that is not installed is named with the command that installs it', async () => {
    const bot = await make({
      'node_modules/pertybot-plugin-sprinkler/package.json': manifest('pertybot-plugin-sprinkler'),
    });
    await expect(load(bot, 'teleport')).rejects.toMatchObject({
      code: 'PLUGIN_NOT_INSTALLED',
      message: 'The plugin "teleport" is not installed.',
      hint: 'Run: pertybot plugins add teleport',
    });
    await expect(load(bot, 'gpoi')).rejects.toMatchObject({
      hint: 'Did you mean "gpio"? Otherwise run: pertybot plugins add gpoi',
    });
    await expect(load(bot, 'sprinklr')).rejects.toMatchObject({
      hint: expect.stringContaining('Did you mean "sprinkler"?'),
    });
  });

  it('with its own copy of core is refused', async () => {
    const own = 'node_modules/pertybot-plugin-x/node_modules/@pertybot/core';
    const bot = await make({
      'node_modules/pertybot-plugin-x/package.json': manifest('pertybot-plugin-x'),
      'node_modules/pertybot-plugin-x/index.js': plugin('x'),
      [`${own}/package.json`]: manifest('@pertybot/core'),
      [`${own}/index.js`]: 'export const definePlugin = (plugin) => plugin;',
    });
    const failure = load(bot, 'x');
    await expect(failure).rejects.toMatchObject({
      code: 'PLUGIN_SECOND_COPY',
      message: expect.stringContaining(`second copy of @pertybot/core: "${bot.path(own)}"`),
      hint: expect.stringContaining('npm dedupe'),
    });
    await expect(failure).rejects.toThrow(coreFolder);
  });

  it.each(['dependencies', 'peerDependencies'])(
    'with tsyringe under its %s is refused',
    async (kind) => {
      const bot = await make({
        'node_modules/pertybot-plugin-x/package.json': manifest('pertybot-plugin-x', {
          [kind]: { tsyringe: '4.10.0' },
        }),
        'node_modules/pertybot-plugin-x/index.js': plugin('x'),
      });
      await expect(load(bot, 'x')).rejects.toMatchObject({
        code: 'PLUGIN_SECOND_COPY',
        message: expect.stringContaining('brings a tsyringe of its own'),
        hint: expect.stringContaining('import inject and injectable from @pertybot/core'),
      });
    },
  );

  it('is not judged by what its package.json says wrongly', async () => {
    const bot = await make({
      'node_modules/pertybot-plugin-x/package.json': JSON.stringify({
        name: 'pertybot-plugin-x',
        type: 'module',
        version: 1,
        dependencies: ['tsyringe'],
        peerDependencies: null,
      }),
      'node_modules/pertybot-plugin-x/index.js': plugin('x'),
    });
    expect((await load(bot, 'x')).resolved).toMatchObject({ version: '0.0.0', dependencies: {} });
  });

  it('that is linked from outside with its own core is refused with the command that helps', async () => {
    const bot = await make({});
    const other = await make({
      'package.json': manifest('pertybot-plugin-mine'),
      'index.js': plugin('mine'),
    });
    await rm(other.path('node_modules'), { recursive: true, maxRetries: 9 });
    await other.write({
      'node_modules/@pertybot/core/package.json': manifest('@pertybot/core'),
      'node_modules/@pertybot/core/index.js': '',
    });
    await bot.link('node_modules/pertybot-plugin-mine', other.folder);
    await expect(load(bot, 'mine')).rejects.toMatchObject({
      code: 'PLUGIN_SECOND_COPY',
      hint: `It is linked from outside the bot's folder. Run: npm install --install-links "${other.folder}"`,
    });
  });

  it('made for another core is refused', async () => {
    const x = (range: string) => ({
      'node_modules/pertybot-plugin-x/package.json': manifest('pertybot-plugin-x', {
        peerDependencies: { '@pertybot/core': range },
      }),
      'node_modules/pertybot-plugin-x/index.js': plugin('x'),
    });
    const bot = await make(x('^99.0.0'));
    await expect(load(bot, 'x')).rejects.toMatchObject({
      code: 'PLUGIN_CORE_MISMATCH',
      message: expect.stringMatching(
        /^The plugin "pertybot-plugin-x" 1\.2\.3 wants @pertybot\/core \^99\.0\.0, but \S+ runs\.$/,
      ),
      hint: 'Run: pertybot plugins update pertybot-plugin-x',
    });
    await bot.write(x('>=0.1.0 <1.0.0'));
    expect((await load(bot, 'x')).plugin.name).toBe('x');
  });

  it('that cannot be imported is named', async () => {
    const bot = await make({
      'node_modules/pertybot-plugin-x/package.json': manifest('pertybot-plugin-x'),
      'node_modules/pertybot-plugin-x/index.js': `${plugin('x')}throw new Error('no lamp');`,
    });
    await expect(load(bot, 'x')).rejects.toMatchObject({
      code: 'PLUGIN_LOAD_FAILED',
      message: 'The plugin "x" cannot be loaded: no lamp',
      hint: 'It failed in its "index.js:3:7".',
    });
  });
});

describe('a package whose file lies outside of it', () => {
  it('is refused: what is shown of it would not be what runs', async () => {
    const bot = await make({
      'outside.mjs': plugin('outside'),
      'node_modules/pertybot-plugin-sly/package.json': manifest('pertybot-plugin-sly', {
        main: '../../outside.mjs',
      }),
    });
    await expect(load(bot, 'sly')).rejects.toMatchObject({
      code: 'PLUGIN_INVALID',
      message: expect.stringContaining('names a file outside of it'),
    });
  });
});
