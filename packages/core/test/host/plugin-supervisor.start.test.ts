import { describe, expect, it } from '@jest/globals';
import { PluginError } from '../../src/host.js';
import { Clock, definePlugin, type Plugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';
import { Horn } from '../horn.js';
import {
  begin,
  errorsOf,
  gate,
  horn,
  hornPlugin,
  lifeOf,
  stateOf,
  userPlugin,
} from './supervised.js';

describe('starting', () => {
  it('gives a plugin what it needs, under the names that it chose', async () => {
    let seen: unknown;
    const user = definePlugin({
      name: 'user',
      needs: { toot: Horn, time: Clock },
      start({ toot, time, clock, container }) {
        seen = [toot === horn, time === clock, container.resolve(Horn) === horn];
      },
    });
    const bot = await startTestBot([user, hornPlugin()]);
    expect(seen).toEqual([true, true, true]);
    expect(bot.state).toBe('ready');
    expect(lifeOf(bot, 'user')).toEqual(['waiting', 'starting', 'running']);
    expect(bot.plugins.find(({ id }) => id === 'user')).toMatchObject({
      needs: ['test.Horn', 'Clock'],
      state: { name: 'running' },
    });
    await bot.stop();
  });

  it('starts what depends on nothing side by side, and the others as soon as they can', async () => {
    const slow = gate();
    const provider = gate();
    const order: string[] = [];
    const { bot, started } = await begin([
      userPlugin('user', () => void order.push('user')),
      definePlugin({
        name: 'slow',
        start: async () => {
          order.push('slow begins');
          await slow.opened;
        },
      }),
      hornPlugin('horn', async () => {
        order.push('horn begins');
        await provider.opened;
      }),
    ]);
    expect(order).toEqual(['slow begins', 'horn begins']);
    expect(stateOf(bot, 'user')).toEqual({ name: 'waiting', reason: 'needs test.Horn' });
    provider.open();
    await bot.clock.advance(0);
    expect(order).toEqual(['slow begins', 'horn begins', 'user']);
    expect(bot.state).toBe('starting');
    slow.open();
    await started;
    expect(bot.state).toBe('ready');
    await bot.stop();
  });

  it('names a plugin that takes too long, undoes it and starts the others', async () => {
    const undone: string[] = [];
    const hanging = hornPlugin('horn', async ({ onStop }) => {
      onStop(() => void undone.push('horn'));
      await new Promise(() => {});
    });
    const { bot, started } = await begin([hanging, userPlugin(), definePlugin({ name: 'other' })]);
    await bot.clock.advance('29s');
    expect(bot.state).toBe('starting');
    await bot.clock.advance('1s');
    await started;
    const state = stateOf(bot, 'horn');
    expect(state).toEqual({ name: 'failed', error: expect.any(PluginError) });
    expect(state?.name === 'failed' && state.error).toMatchObject({
      code: 'PLUGIN_START_TIMEOUT',
      message: 'The plugin "horn" did not finish its start within 30 s.',
    });
    expect(undone).toEqual(['horn']);
    expect(stateOf(bot, 'user')).toEqual({ name: 'waiting', reason: 'needs test.Horn' });
    expect(stateOf(bot, 'other')).toEqual({ name: 'running' });
    expect(bot.state).toBe('ready');
    await bot.stop();
  });

  it('says in the time-out what the plugin uses', async () => {
    const { bot, started } = await begin([
      hornPlugin(),
      userPlugin('user', () => new Promise(() => {})),
    ]);
    await bot.clock.advance('30s');
    await started;
    expect(errorsOf(bot)).toEqual([
      'The plugin "user" failed: The plugin "user" did not finish its start within 30 s; it uses test.Horn.',
    ]);
    await bot.stop();
  });

  it('gives back at once what a start brings after its time-out or its stop', async () => {
    const late = gate();
    const undone: string[] = [];
    const start: Plugin['start'] = async ({ onStop, id, after }) => {
      await late.opened;
      onStop(() => void undone.push(`${id} onStop`));
      after('1s', () => undone.push('a timer ran'));
      return () => void undone.push(`${id} returned`);
    };
    const { bot, started } = await begin([
      definePlugin({ name: 'hanging', start }),
      definePlugin({ name: 'running' }),
    ]);
    await bot.clock.advance('30s');
    await started;
    late.open();
    await bot.clock.advance('2s');
    expect(undone).toEqual(['hanging onStop', 'hanging returned']);
    await bot.stop();
  });
});
