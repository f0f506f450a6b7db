import { describe, expect, it } from '@jest/globals';
import { definePlugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';
import { begin, errorsOf, gate, hornPlugin, stateOf, userPlugin } from './supervised.js';

describe('stopping', () => {
  it('goes in reverse order of start', async () => {
    const order: string[] = [];
    const stops = (id: string) => () => () => void order.push(id);
    const bot = await startTestBot([
      userPlugin('user', stops('user')),
      hornPlugin('horn', stops('horn')),
      definePlugin({ name: 'other', start: stops('other') }),
    ]);
    await bot.stop();
    expect(order).toEqual(['user', 'other', 'horn']);
    expect(bot.plugins.map(({ state }) => state.name)).toEqual(Array(4).fill('stopped'));
  });

  it('fires the signal, then gives back what was taken, then what start returned, last first', async () => {
    const order: string[] = [];
    const bot = await startTestBot([
      definePlugin({
        name: 'one',
        start({ onStop, signal, every, after, on, command }) {
          signal.addEventListener('abort', () => order.push('signal'));
          onStop(() => void order.push('onStop'));
          every('1s', () => order.push('tick'));
          after('1s', () => order.push('once'));
          on('message', () => order.push('message'));
          command('x', {}, () => order.push('x'));
          return () => void order.push('returned');
        },
      }),
    ]);
    await bot.stop();
    await bot.clock.advance('10s');
    await bot.hear('!x');
    expect(order).toEqual(['signal', 'returned', 'onStop']);
    expect(bot.clock.pending).toBe(0);
  });

  it('waits for one that must finish something, and holds up nobody meanwhile', async () => {
    const undone: [string, number][] = [];
    const bot = await startTestBot([
      definePlugin({
        name: 'first',
        start: ({ onStop }) => onStop(() => void undone.push(['first', bot.clock.now() - begun])),
      }),
      definePlugin({
        name: 'slow',
        stopTimeout: '5s',
        start: ({ onStop, clock }) =>
          onStop(async () => {
            await new Promise<void>((resolve) => void clock.after(4_000, resolve));
            undone.push(['slow', bot.clock.now() - begun]);
          }),
      }),
      definePlugin({
        name: 'for-ever',
        stopTimeout: '1h',
        start: ({ onStop }) => onStop(() => new Promise(() => {})),
      }),
    ]);
    const begun = bot.clock.now();
    const stopped = bot.stop();
    await bot.clock.advance('5s');
    await bot.clock.advance('5s');
    await stopped;
    expect(undone).toEqual([
      ['first', 3_000],
      ['slow', 5_500],
    ]);
    expect(errorsOf(bot)).toEqual([
      'The plugin "for-ever" did not stop within 5 s; it goes on without it.',
    ]);
    expect(bot.clock.pending).toBe(0);
  });

  it('is done within five seconds although plugins hang, and gives back the rest', async () => {
    const undone: string[] = [];
    const hanging = (id: string) =>
      definePlugin({
        name: id,
        start({ onStop }) {
          onStop(() => void undone.push(id));
          onStop(() => new Promise(() => {}));
        },
      });
    const bot = await startTestBot([
      definePlugin({ name: 'safe', start: ({ onStop }) => onStop(() => void undone.push('safe')) }),
      ...['a', 'b', 'c', 'd', 'e', 'f'].map(hanging),
    ]);
    const begun = bot.clock.now();
    let took = Number.POSITIVE_INFINITY;
    const stopped = bot.stop().then(() => {
      took = bot.clock.now() - begun;
    });
    await bot.clock.advance('5s');
    await stopped;
    expect(took).toBeLessThan(5_000);
    expect(undone).toEqual(['f', 'e', 'd', 'c', 'b', 'a', 'safe']);
    expect(errorsOf(bot)[0]).toBe('The plugin "f" did not stop within 2 s; it goes on without it.');
    expect(bot.state).toBe('stopped');
  });

  it('logs an undo that fails and goes on', async () => {
    const bot = await startTestBot([
      definePlugin({
        name: 'bad',
        start: () => () => Promise.reject(new Error('stuck')),
      }),
    ]);
    await bot.stop();
    expect(errorsOf(bot)).toEqual(['The plugin "bad" did not stop cleanly: stuck']);
  });

  it('ends a start that is under way', async () => {
    const undone: string[] = [];
    const { bot, started } = await begin([
      definePlugin({
        name: 'slow',
        async start({ onStop, signal }) {
          onStop(() => void undone.push('slow'));
          await new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          });
        },
      }),
    ]);
    await bot.stop();
    await started;
    expect(undone).toEqual(['slow']);
    expect(bot.state).toBe('stopped');
    expect(stateOf(bot, 'slow')).toEqual({ name: 'stopped' });
    expect(errorsOf(bot)).toEqual([]);
  });

  it('waits for the stop that is under way when it is asked twice', async () => {
    const released = gate();
    const bot = await startTestBot([
      definePlugin({ name: 'slow', start: () => () => released.opened }),
    ]);
    const first = bot.stop();
    let second = false;
    const again = bot.stop().then(() => {
      second = true;
    });
    await bot.clock.advance('1s');
    expect(second).toBe(false);
    released.open();
    await Promise.all([first, again]);
    expect(bot.state).toBe('stopped');
  });

  it('does not start again once it is stopped', async () => {
    let starts = 0;
    const bot = await startTestBot([
      definePlugin({
        name: 'one',
        start() {
          starts += 1;
        },
      }),
    ]);
    await bot.stop();
    await bot.restart('one');
    await bot.start();
    expect([starts, bot.state]).toEqual([1, 'stopped']);
  });
});
