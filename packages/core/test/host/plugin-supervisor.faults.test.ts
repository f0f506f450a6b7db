import { describe, expect, it } from '@jest/globals';
import { definePlugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';
import { type Bot, errorsOf, gate, hornPlugin, stateOf, userPlugin } from './supervised.js';

describe('faults', () => {
  /** A plugin that fails when chat connects, and whose service others need. */
  const faulty = (lives: string[]) =>
    hornPlugin('horn', ({ on, every, onStop }) => {
      lives.push('start');
      onStop(() => void lives.push('stop'));
      on('connected', () => {
        throw new Error('again');
      });
      every('1h', () => {});
    });

  const fail = async (bot: Bot, times = 10) => {
    for (let i = 0; i < times; i++) bot.emit('connected', {});
    await bot.clock.advance(0);
  };

  it('of every kind are logged with their plugin and stop nothing', async () => {
    const bot = await startTestBot([
      definePlugin({
        name: 'bad',
        start({ command, on, every, after }) {
          const fails = (what: string) => () => {
            throw new Error(what);
          };
          command('a', {}, fails('command'));
          command('b', {}, async () => fails('async command')());
          on('connected', fails('listener'));
          on('connected', async () => fails('async listener')());
          every('1s', fails('every'));
          after('1s', async () => fails('after')());
        },
      }),
    ]);
    await bot.hear('!a', { id: 'm1' });
    await bot.hear('!b');
    bot.emit('connected', {});
    await bot.clock.advance('2s');
    expect(errorsOf(bot)).toEqual([
      'The plugin "bad" failed in command a: command',
      'The plugin "bad" failed in command b: async command',
      'The plugin "bad" failed in listener connected: listener',
      'The plugin "bad" failed in listener connected: async listener',
      'The plugin "bad" failed in timer: every',
      'The plugin "bad" failed in timer: after',
      'The plugin "bad" failed in timer: every',
    ]);
    expect(bot.events.filter(({ type }) => type === 'fault')).toHaveLength(7);
    expect(bot.events).toContainEqual({
      type: 'fault',
      data: {
        plugin: 'bad',
        where: 'command a',
        messageId: 'm1',
        error: new Error('command'),
      },
    });
    expect(stateOf(bot, 'bad')).toEqual({ name: 'running' });
    await bot.stop();
  });

  it('stop a plugin at the tenth, with what needs it, and start them again after a pause', async () => {
    const lives: string[] = [];
    const bot = await startTestBot([
      faulty(lives),
      userPlugin('user', ({ onStop }) => {
        lives.push('user start');
        onStop(() => void lives.push('user stop'));
      }),
    ]);
    await fail(bot, 9);
    expect(stateOf(bot, 'horn')).toEqual({ name: 'running' });
    await fail(bot, 1);
    expect(stateOf(bot, 'horn')).toEqual({ name: 'restarting', after: 10_000 });
    expect(stateOf(bot, 'user')).toEqual({ name: 'waiting', reason: 'needs test.Horn' });
    expect(lives).toEqual(['start', 'user start', 'user stop', 'stop']);
    await bot.clock.advance('10s');
    expect([stateOf(bot, 'horn'), stateOf(bot, 'user')]).toEqual([
      { name: 'running' },
      { name: 'running' },
    ]);
    await bot.stop();
  });

  it('make the pause grow', async () => {
    const bot = await startTestBot([faulty([])]);
    const pauses: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      await fail(bot);
      const state = stateOf(bot, 'horn');
      pauses.push(state?.name === 'restarting' ? state.after : state);
      await bot.clock.advance('40s');
    }
    expect(pauses).toEqual([10_000, 20_000, 40_000]);
    await bot.stop();
  });

  it('that come while the plugin is being stopped for them count no more', async () => {
    const released = gate();
    const bot = await startTestBot([faulty([]), userPlugin('user', () => () => released.opened)]);
    for (let i = 0; i < 35; i++) bot.emit('connected', {});
    released.open();
    await bot.clock.advance(0);
    expect(stateOf(bot, 'horn')).toEqual({ name: 'restarting', after: 10_000 });
    expect(errorsOf(bot).filter((line) => /too often/.test(line))).toHaveLength(1);
    await bot.stop();
  });

  it('do not start a plugin again that was stopped or restarted meanwhile', async () => {
    const lives: string[] = [];
    const bot = await startTestBot([faulty(lives)]);
    await fail(bot);
    await bot.restart('horn');
    expect(stateOf(bot, 'horn')).toEqual({ name: 'running' });
    await bot.clock.advance('10s');
    expect(lives).toEqual(['start', 'stop', 'start']);
    await fail(bot);
    await bot.stop();
    await bot.clock.advance('1m');
    expect(lives).toEqual(['start', 'stop', 'start', 'stop']);
    expect(stateOf(bot, 'horn')).toEqual({ name: 'stopped' });
  });

  it('of a listener of faults are logged and go no further', async () => {
    const bot = await startTestBot([
      definePlugin({
        name: 'bad',
        start({ on, command }) {
          command('fail', {}, () => {
            throw new Error('first');
          });
          on('fault', () => {
            throw new Error('second');
          });
        },
      }),
    ]);
    await bot.hear('!fail');
    expect(errorsOf(bot)).toEqual([
      'The plugin "bad" failed in command fail: first',
      'The plugin "bad" failed in listener fault: second',
    ]);
    await bot.stop();
  });
});
