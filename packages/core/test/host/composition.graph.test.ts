import { describe, expect, it } from '@jest/globals';
import { faultsOf, linesOf, load } from './composed.js';

describe('a composition', () => {
  describe('with an overlay', () => {
    it('lays values over the entry that use: names, by short and by full name', async () => {
      const overlay = { '@pertybot/plugin-gadgets': { port: 80, mode: 'simulated' } };
      const text =
        'plugins:\n  - use: gadgets\n    config: { pin: GPIO17, port: "x", mode: auto }\n';
      const { plugins } = await load(text, { overlay });
      expect(plugins[0]?.config).toEqual({
        ...{ pin: 'GPIO17', port: 80, mode: 'simulated', burst: 500 },
      });
    });

    it('gives a config to an entry without one', async () => {
      const overlay = { 'pertybot-plugin-gadgets': { pin: 'GPIO17' } };
      const { plugins } = await load('plugins:\n  - use: gadgets\n', { overlay });
      expect(plugins[0]?.config).toMatchObject({ pin: 'GPIO17' });
    });
  });

  describe('of plugins that need each other', () => {
    it('names the plugin, the service and who has it', async () => {
      const { problems } = await faultsOf('plugins:\n  - use: irc\n');
      expect(problems).toMatchObject([
        {
          position: { line: 2, column: 10 },
          message: 'The plugin "irc" needs AccessTokens, which no plugin provides.',
          hint: 'Run: pertybot plugins add oauth',
        },
      ]);
      const off = await faultsOf('plugins:\n  - use: irc\n  - use: oauth\n    enabled: false\n');
      expect(off.problems[0]?.hint).toBe(
        'The plugin "oauth" provides it but is disabled: remove its "enabled: false".',
      );
    });

    it('names two that provide the same', async () => {
      expect(await linesOf('plugins:\n  - use: oauth\n  - use: irc\n  - use: irc2\n')).toEqual([
        '4:10 The plugins "irc" and "irc2" both provide Chat.',
      ]);
    });

    it('draws a circle', async () => {
      expect(await linesOf('plugins:\n  - use: bridge\n  - use: irc\n')).toEqual([
        '2:10 Plugins need each other in a circle: bridge → irc → bridge.',
      ]);
    });

    it("refuses a need that has the name of one of start's own members", async () => {
      expect(await linesOf('plugins:\n  - use: irc2\n  - use: greedy\n')).toEqual([
        '3:10 greedy: its need "say" has a name that start uses itself',
      ]);
    });

    it('does not guess who provides what when a plugin could not be loaded', async () => {
      expect(await linesOf('plugins:\n  - use: irc\n  - use: teleport\n')).toEqual([
        '3:10 The plugin "teleport" is not installed.',
      ]);
    });
  });
});
