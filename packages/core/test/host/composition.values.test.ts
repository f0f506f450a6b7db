import { describe, expect, it } from '@jest/globals';
import { loadComposition } from '../../src/host/composition.js';
import { linesOf, load } from './composed.js';

describe('loadComposition', () => {
  it('gives plugins with their checked configs, in the order of the file', async () => {
    const { plugins, prefix, replies } = await load(`
prefix: "?"
replies: { unknown: "What?" }
plugins:
  - use: gadgets
    config: { pin: GPIO17, burst: 2s }
    commands: { lamp: { cooldown: { user: 60s } } }
    startTimeout: 1m
  - use: gadgets
    id: second
    enabled: false
`);
    expect([prefix, replies]).toEqual(['?', { unknown: 'What?' }]);
    expect(plugins).toMatchObject([
      {
        id: 'gadgets',
        config: { pin: 'GPIO17', burst: 2_000 },
        tuning: { lamp: { cooldown: { user: 60_000 } } },
        startTimeout: 60_000,
        enabled: true,
      },
      { id: 'second', config: undefined, enabled: false },
    ]);
  });

  it('has the same places with Windows line ends', async () => {
    const text = 'plugins:\n  - use: gadgets\n    config:\n      pin: seventeen\n      brust: 2s\n';
    expect(await linesOf(text.replaceAll('\n', '\r\n'))).toEqual(await linesOf(text));
  });
  it('refuses an id that is taken', async () => {
    const text =
      'plugins:\n  - use: plain\n  - use: plain\n  - use: gadgets\n    id: plain\n    config: { pin: GPIO1 }\n  - use: plain\n    id: core\n';
    expect(await linesOf(text)).toEqual([
      '3:10 the id "plain" is already that of the plugin on line 2',
      '5:9 the id "plain" is already that of the plugin on line 2',
      `8:9 the id "core" is already PertyBot's own`,
    ]);
  });

  it('refuses a config for a plugin that takes none', async () => {
    expect(await linesOf('plugins:\n  - use: plain\n    config: { a: 1 }\n')).toEqual([
      '3:5 config: the plugin "plain" takes none',
    ]);
  });

  it('does not ask whether a disabled plugin is there', async () => {
    const { plugins } = await load(
      'plugins:\n  - use: teleport\n    enabled: false\n  - use: plain\n',
    );
    expect(plugins.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['teleport', false],
      ['plain', true],
    ]);
  });

  it('never loads a disabled plugin, which would run it', async () => {
    const asked: string[] = [];
    const loader = {
      load: async (use: string) => {
        asked.push(use);
        throw new Error('It ran.');
      },
    };
    const text = 'plugins:\n  - use: ./bad.ts\n    enabled: false\n    config: { any: thing }\n';
    const { plugins } = await loadComposition(text, { environment: {}, overlay: {}, loader });
    expect(plugins).toMatchObject([{ id: 'bad', use: './bad.ts', enabled: false, files: [] }]);
    expect(asked).toEqual([]);
  });
});
