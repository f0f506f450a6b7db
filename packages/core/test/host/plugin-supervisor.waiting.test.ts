import { describe, expect, it } from '@jest/globals';
import { definePlugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';
import { Horn } from '../horn.js';
import { begin, errorsOf, gate, hornPlugin, stateOf, userPlugin } from './supervised.js';

describe('starting plugins that wait or fail', () => {
  it('lets a plugin wait for a person without a time limit, and is ready meanwhile', async () => {
    const login = gate();
    const waiting = hornPlugin('horn', async ({ waiting: wait }) => {
      const done = wait('login');
      await login.opened;
      done();
      done();
    });
    const { bot, started } = await begin([waiting, userPlugin()]);
    await started;
    expect(bot.state).toBe('ready');
    await bot.clock.advance('2h');
    expect(stateOf(bot, 'horn')).toEqual({ name: 'waiting', reason: 'login' });
    expect(stateOf(bot, 'user')).toEqual({ name: 'waiting', reason: 'needs test.Horn' });
    login.open();
    await bot.clock.advance(0);
    expect([stateOf(bot, 'horn'), stateOf(bot, 'user')]).toEqual([
      { name: 'running' },
      { name: 'running' },
    ]);
    await bot.stop();
  });

  it('counts on where it was when the person is done', async () => {
    const login = gate();
    const plugin = definePlugin({
      name: 'slow',
      async start({ waiting }) {
        const done = waiting('login');
        await login.opened;
        done();
        await new Promise(() => {});
      },
    });
    const { bot, started } = await begin([plugin]);
    await started;
    await bot.clock.advance('1h');
    login.open();
    await bot.clock.advance('29s');
    expect(stateOf(bot, 'slow')).toEqual({ name: 'starting' });
    await bot.clock.advance('1s');
    expect(stateOf(bot, 'slow')?.name).toBe('failed');
    await bot.stop();
  });

  it('shows a running plugin that waits, while others use its service', async () => {
    let done = () => {};
    const bot = await startTestBot([
      hornPlugin('horn', ({ waiting }) => {
        done = waiting('login');
      }),
      userPlugin(),
    ]);
    await bot.clock.advance(0);
    expect([stateOf(bot, 'horn'), stateOf(bot, 'user')]).toEqual([
      { name: 'waiting', reason: 'login' },
      { name: 'running' },
    ]);
    done();
    expect(stateOf(bot, 'horn')).toEqual({ name: 'running' });
    await bot.stop();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no current');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no current'))],
  ])('undoes a plugin whose start %s and lets the others run', async (_, fail) => {
    const undone: string[] = [];
    const bot = await startTestBot([
      hornPlugin('horn', ({ onStop, command, on }) => {
        onStop(() => void undone.push('first'));
        onStop(() => void undone.push('second'));
        command('toot', {}, () => {});
        on('message', () => undone.push('heard'));
        return fail();
      }),
      userPlugin(),
      definePlugin({ name: 'other' }),
    ]);
    expect(undone).toEqual(['second', 'first']);
    expect(stateOf(bot, 'horn')).toEqual({ name: 'failed', error: new Error('no current') });
    expect(stateOf(bot, 'user')).toEqual({ name: 'waiting', reason: 'needs test.Horn' });
    expect(stateOf(bot, 'other')).toEqual({ name: 'running' });
    await bot.hear('!toot');
    expect(undone).toHaveLength(2);
    expect(bot.commands.map(({ name }) => name)).toEqual(['help']);
    expect(errorsOf(bot)).toEqual(['The plugin "horn" failed: no current']);
    await bot.stop();
  });

  it('copes with an error that cannot be written as JSON', async () => {
    const error: Error & { self?: unknown } = new Error('circular');
    error.self = { error, big: 1n };
    const bot = await startTestBot([
      definePlugin({ name: 'bad', start: () => Promise.reject(error) }),
    ]);
    await bot.restart('bad');
    expect(stateOf(bot, 'bad')).toEqual({ name: 'failed', error });
    await bot.stop();
  });

  it('fails a plugin that binds nothing to what it provides', async () => {
    const bot = await startTestBot([definePlugin({ name: 'empty', provides: [Horn] })]);
    expect(errorsOf(bot)).toEqual([
      'The plugin "empty" failed: The plugin "empty" provides test.Horn but binds nothing to it.',
    ]);
    await bot.stop();
  });

  it('leaves a disabled plugin alone', async () => {
    let started = false;
    const plugin = definePlugin({
      name: 'off',
      start() {
        started = true;
      },
    });
    const bot = await startTestBot([{ plugin, enabled: false }]);
    expect([started, stateOf(bot, 'off')]).toEqual([false, { name: 'disabled' }]);
    await bot.restart('off');
    await bot.stop();
    expect([started, stateOf(bot, 'off')]).toEqual([false, { name: 'disabled' }]);
  });
});
