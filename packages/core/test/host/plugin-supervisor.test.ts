import { describe, expect, it } from '@jest/globals';
import { PluginError, type PluginState } from '../../src/host.js';
import { Chat, Clock, definePlugin, type Plugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';
import { Horn } from '../horn.js';

/** A promise and what ends it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const horn: Horn = { blow() {} };

/** A plugin that provides {@link Horn}. */
const hornPlugin = (name = 'horn', start?: Plugin['start']): Plugin =>
  definePlugin({
    name,
    provides: [Horn],
    register: (container) => void container.register(Horn, { useValue: horn }),
    ...(start ? { start } : {}),
  });

/** A plugin that needs {@link Horn}. */
const userPlugin = (name = 'user', start?: Plugin['start']): Plugin =>
  definePlugin({ name, needs: { horn: Horn }, ...(start ? { start } : {}) });

type Bot = Awaited<ReturnType<typeof startTestBot>>;

const stateOf = (bot: Bot, id: string) => bot.plugins.find((plugin) => plugin.id === id)?.state;

/** The states that a plugin went through, by name. */
const lifeOf = (bot: Bot, id: string) =>
  bot.events
    .filter(({ type }) => type === 'plugin')
    .map(({ data }) => data as { readonly plugin: string; readonly state: PluginState })
    .filter(({ plugin }) => plugin === id)
    .map(({ state }) => state.name);

const errorsOf = (bot: Bot) =>
  bot.log.filter(({ level }) => level === 'error').map(({ message }) => message);

/** Lets the bot begin to start. */
async function begin(plugins: Parameters<typeof startTestBot>[0]) {
  const bot = await startTestBot(plugins, { start: false });
  const started = bot.start();
  await bot.clock.advance(0);
  return { bot, started };
}

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
