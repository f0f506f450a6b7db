import { expect, it } from '@jest/globals';
import { definePlugin, duration, v } from '@pertybot/core';
import { startTestBot } from '@pertybot/core/testing';

it('walks', async () => {
  const lamp = definePlugin({
    name: 'lamp',
    config: v.strictObject({ burst: v.optional(duration(), '500ms') }),
    start({ command }, { burst }) {
      command(
        'lamp <state:on|off> [for:duration]',
        { cooldown: { user: '30s' }, about: 'Lamp' },
        ({ args, reply }) => reply(`lamp ${args.state} ${args.for ?? burst}`),
      );
    },
  });
  const bot = await startTestBot([lamp]);
  await bot.hear('!lamp on');
  await bot.hear('!LAMP off 2s');
  await bot.hear('!lamp off 2s');
  await bot.clock.advance('30s');
  await bot.hear('!lamp "off" 3 \u{e0000}');
  await bot.hear('!lamp');
  await bot.hear('!help');
  await bot.hear('!help lamp');
  await bot.hear('@x Hello');
  await bot.hear('@x !lamp x', { as: 'bob' });
  expect([
    bot.replies,
    bot.refusals.map((r) => r.reason),
    bot.plugins.map((p) => p.state.name),
  ]).toEqual([]);
  await bot.stop();
});
