import { describe, expect, it } from '@jest/globals';
import { Chat, definePlugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';
import { hornPlugin, stateOf, userPlugin } from './supervised.js';

describe('restarting', () => {
  it('takes along what needs the plugin', async () => {
    const order: string[] = [];
    const logs = (id: string) => () => {
      order.push(`${id} starts`);
      return () => void order.push(`${id} stops`);
    };
    const bot = await startTestBot([
      userPlugin('user', logs('user')),
      hornPlugin('horn', logs('horn')),
      definePlugin({ name: 'other', start: logs('other') }),
    ]);
    order.length = 0;
    await bot.restart('horn');
    expect(order).toEqual(['user stops', 'horn stops', 'horn starts', 'user starts']);
    await bot.stop();
  });

  it('starts a failed plugin again', async () => {
    let broken = true;
    const bot = await startTestBot([
      hornPlugin('horn', () => {
        if (broken) throw new Error('no current');
      }),
      userPlugin(),
    ]);
    broken = false;
    await bot.restart('horn');
    expect(bot.plugins.map(({ state }) => state.name)).toEqual(['running', 'running', 'running']);
    await bot.stop();
  });

  it('asked twice at once restarts one after the other', async () => {
    let lives = 0;
    let most = 0;
    const bot = await startTestBot([
      definePlugin({
        name: 'one',
        async start() {
          lives += 1;
          most = Math.max(most, lives);
          await Promise.resolve();
          return async () => {
            await Promise.resolve();
            lives -= 1;
          };
        },
      }),
    ]);
    await Promise.all([bot.restart('one'), bot.restart('one')]);
    expect([lives, most, stateOf(bot, 'one')]).toEqual([1, 1, { name: 'running' }]);
    await bot.stop();
    expect(lives).toBe(0);
  });
});

it('provides Chat by a fake one when no plugin does', async () => {
  const bot = await startTestBot([]);
  expect(bot.find(Chat)?.channels).toEqual(['test']);
  await bot.stop();
  expect(bot.find(Chat)).toBeUndefined();
});
