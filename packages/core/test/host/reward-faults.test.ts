import { describe, expect, it } from '@jest/globals';
import { toFoundError } from '../../src/bot/read-composition.js';
import { ConfigError } from '../../src/bot-file/config-error.js';
import { foresee } from '../../src/host/foresee.js';
import { definePlugin, type Plugin } from '../../src/index.js';
import { composeOf } from './compose.js';

const installed: Readonly<Record<string, Plugin>> = {
  gadgets: definePlugin({
    name: 'gadgets',
    commands: { 'lamp <state:on|off> [time:duration]': {}, horn: {} },
    start() {},
  }),
  other: definePlugin({ name: 'other', commands: { beep: {} }, start() {} }),
};

const compose = composeOf(installed);

/** The faults of the file itself, as the owner reads them. */
async function faultsOf(...lines: readonly string[]): Promise<string> {
  const text = `plugins:\n  - use: gadgets\n    rewards:\n${lines.map((line) => `      ${line}\n`).join('')}`;
  try {
    const composition = await compose(text);
    const { faults } = await foresee(composition, () => undefined);
    const found = faults.map((fault) => ({ path: [], isKey: true, ...fault }));
    return found.length === 0 ? '' : toFoundError(composition, found).message;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

describe('the rewards of plugins.yaml', () => {
  it('are fine when they run a command of their plugin', async () => {
    await expect(
      faultsOf(
        '"Lamp for a minute": { cost: 500, run: lamp on 1m }',
        'Dinner: { cost: 5000, run: HORN, approve: moderator, cooldown: { user: 1m } }',
        'Any lamp: { cost: 1, run: lamp, input: true, color: "#9146ff", onlyLive: true }',
      ),
    ).resolves.toBe('');
  });

  it.each([
    ['X: { cost: 0, run: horn }', '4:18', 'X.cost: expected a whole number of points'],
    ['X: { cost: 1.5, run: horn }', '4:18', 'X.cost: expected a whole number'],
    ['X: { cost: "1", run: horn }', '4:18', 'X.cost: expected a whole number'],
    ['X: { coste: 1, cost: 1, run: horn }', '4:12', 'unknown key "coste"', 'Did you mean "cost"?'],
    ['X: { run: horn }', '4:7', 'X: it has no cost'],
    ['X: { cost: 1, run: "" }', '4:26', 'X.run: expected a command'],
    ['X: { cost: 1, run: horn, cooldown: 30 }', '4:42', '30 alone is 30 milliseconds'],
    ['X: { cost: 1, run: horn, cooldown: 8d }', '4:42', 'X.cooldown: expected a '],
    ['X: { cost: 1, run: horn, cooldown: 500ms }', '4:42', 'a pause from 1s to 7d'],
    ['X: { cost: 1, run: horn, color: red }', '4:39', 'expected a colour'],
    ['X: { cost: 1, run: horn, approve: mods }', '4:41', 'expected moderator or nobody'],
    [`${'x'.repeat(46)}: { cost: 1, run: horn }`, '4:7', 'a title has at most 45 characters'],
    [`X: { cost: 1, run: horn, prompt: ${'p'.repeat(201)} }`, '4:40', 'at most 200 characters'],
    ['X: { cost: 1, run: lmp on }', '4:26', 'has no command "lmp"', 'Did you mean "lamp"?'],
    ['X: { cost: 1, run: beep }', '4:26', 'has no command "beep"', 'It has: lamp, horn.'],
    ['X: { cost: 1, run: lamp up }', '4:26', 'does not take "up"', 'Usage: lamp <state:on|off>'],
  ])('are told of %s', async (line, place, message, hint = '') => {
    const told = await faultsOf(line);
    expect(told).toContain(`plugins.yaml:${place} `);
    expect(told).toContain(message);
    expect(told).toContain(hint);
  });

  it('have each name and title once, whatever their case', async () => {
    const told = await faultsOf(
      'Lamp: { cost: 1, run: lamp on }',
      'LAMP: { cost: 1, run: lamp off }',
      'Other: { cost: 1, run: lamp off, title: lamp }',
    );
    expect(told).toContain('plugins.yaml:5:7 "LAMP" is already a reward, on line 4');
    expect(told).toContain('plugins.yaml:6:7 "lamp" is already a reward, on line 4');
  });

  it('are told where they tune what no author wrote', async () => {
    const composition = await compose(
      'plugins:\n  - use: gadgets\n    rewards:\n      confeti: { cost: 5 }\n',
    );
    const known = {
      commands: [],
      rewards: [{ name: 'confetti', title: 'C', cost: 1, cooldown: 0 }],
    };
    const { faults } = await foresee(composition, () => known);
    expect(faults).toMatchObject([
      {
        path: ['rewards', 'confeti'],
        message: 'rewards: "gadgets" has no reward "confeti"',
        hint: expect.stringContaining('Did you mean "confetti"?'),
      },
    ]);
  });
});
