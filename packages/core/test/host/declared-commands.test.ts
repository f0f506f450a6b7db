import { describe, expect, it } from '@jest/globals';
import { definePlugin, type Plugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';

async function undeclaredOf(plugin: Plugin): Promise<readonly string[]> {
  const bot = await startTestBot([plugin]);
  try {
    return await bot.undeclared(plugin.name);
  } finally {
    await bot.stop();
  }
}

describe('declared commands', () => {
  it('give their options to the command that is registered without any', async () => {
    const dice = definePlugin({
      name: 'dice',
      commands: { 'roll [sides:int]': { about: 'Rolls a die', allow: 'vip' } },
      start({ command }) {
        command('roll [sides:int]', ({ args }) => args.sides);
      },
    });
    const bot = await startTestBot([dice]);
    expect(bot.commands.find(({ name }) => name === 'roll')).toMatchObject({
      about: 'Rolls a die',
      allow: 'vip',
    });
    expect(await bot.undeclared('dice')).toEqual([]);
    await bot.stop();
  });

  it('are held against what start registers, both ways and by option', async () => {
    const faults = await undeclaredOf(
      definePlugin({
        name: 'dice',
        commands: { roll: { about: 'Rolls' }, toss: {}, flip: { about: 'Flips', allow: 'vip' } },
        start({ command }) {
          command('roll', () => {});
          command('flip', { about: 'Flips', allow: 'everyone' }, () => {});
          command('spin', () => {});
        },
      }),
    );
    expect(faults).toEqual([
      'It declares "toss" and does not register it.',
      'It declares another allow of "flip" than it registers.',
      'It registers "spin" and does not declare it.',
    ]);
  });

  it('are not asked of a plugin that declares none', async () => {
    const quiet = definePlugin({
      name: 'quiet',
      start: ({ command }) => void command('x', () => {}),
    });
    expect(await undeclaredOf(quiet)).toEqual([]);
  });
});

describe('a trial', () => {
  it('is seen by the plugin', async () => {
    const seen: boolean[] = [];
    const lamp = definePlugin({ name: 'lamp', start: ({ isTrial }) => void seen.push(isTrial) });
    for (const isTrial of [true, false]) await (await startTestBot([lamp], { isTrial })).stop();
    expect(seen).toEqual([true, false]);
  });
});

describe('one command of two plugins', () => {
  it('costs the later one its command, whichever starts first, and neither plugin', async () => {
    const slow = definePlugin({
      name: 'slow',
      async start({ command }) {
        await Promise.resolve();
        command('lamp', { about: 'slow' }, () => {});
      },
    });
    const quick = definePlugin({
      name: 'quick',
      start({ command }) {
        command('lamp', { about: 'quick' }, () => {});
        command('door', () => {});
      },
    });
    for (const [order, first] of [
      [[slow, quick], 'slow'],
      [[quick, slow], 'quick'],
    ] as const) {
      const bot = await startTestBot(order);
      expect(bot.plugins.map(({ state }) => state.name)).toEqual(['running', 'running', 'running']);
      expect(bot.commands.find(({ name }) => name === 'lamp')?.plugin).toBe(first);
      expect(bot.commands.map(({ name }) => name)).toContain('door');
      const told = bot.log.filter(({ message }) => message.includes('stays with'));
      expect(told).toHaveLength(1);
      await bot.stop();
    }
  });
});
