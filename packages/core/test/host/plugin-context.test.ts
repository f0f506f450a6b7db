import { describe, expect, it } from '@jest/globals';
import { attributionNow } from '../../src/events/attribution.js';
import { contextNames } from '../../src/host/check-calls.js';
import { definePlugin, type PluginContext } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';

/** A running plugin and what its start was given. */
async function open(name = 'lamp') {
  let context: PluginContext | undefined;
  const plugin = definePlugin({
    name,
    start(given) {
      context = given;
    },
  });
  const bot = await startTestBot([plugin]);
  if (!context) throw new Error('The plugin did not start.');
  return { bot, context };
}

describe('what start receives', () => {
  it('has exactly the names that needs cannot have', async () => {
    const { bot, context } = await open();
    expect(Object.keys(context).sort()).toEqual([...contextNames].sort());
    await bot.stop();
  });

  it('runs a task once after a delay, unless it is taken back', async () => {
    const { bot, context } = await open();
    const ran: string[] = [];
    context.after('5s', () => ran.push('once'));
    const undo = context.after('5s', () => ran.push('never'));
    undo();
    await bot.clock.advance('20s');
    expect(ran).toEqual(['once']);
    await bot.stop();
  });

  it('runs a task again and again, an interval after the last one ended', async () => {
    const { bot, context } = await open();
    const times: number[] = [];
    let finish = () => {};
    const undo = context.every('10s', () => {
      times.push(bot.clock.now());
      return times.length === 2
        ? new Promise<void>((resolve) => {
            finish = resolve;
          })
        : undefined;
    });
    await bot.clock.advance('45s');
    expect(times).toEqual([10_000, 20_000]);
    finish();
    await bot.clock.advance('25s');
    expect(times).toEqual([10_000, 20_000, 55_000, 65_000]);
    undo();
    await bot.clock.advance('1h');
    expect([times.length, bot.clock.pending]).toEqual([4, 0]);
    await bot.stop();
  });

  it('goes on with a task that threw', async () => {
    const { bot, context } = await open();
    let runs = 0;
    context.every('1s', () => {
      runs += 1;
      throw new Error('again');
    });
    await bot.clock.advance('3s');
    expect(runs).toBe(3);
    await bot.stop();
  });

  it('says something in chat, or tells that there is none', async () => {
    const { bot, context } = await open();
    expect(await context.say('hello')).toEqual({ status: 'written' });
    expect(await context.say('hello', { channel: 'other' })).toEqual({ status: 'written' });
    expect(bot.replies).toEqual(['hello', 'hello']);
    await bot.stop();
    expect(await context.say('late')).toEqual({ status: 'dropped', reason: 'no chat' });
  });

  it('takes back a command and a listener', async () => {
    const { bot, context } = await open();
    const heard: string[] = [];
    const undos = [
      context.command('a', {}, () => heard.push('a')),
      context.on('message', ({ text }) => heard.push(text)),
    ];
    await bot.hear('!a');
    for (const undo of undos) undo();
    await bot.hear('!a');
    expect(heard).toEqual(['a', '!a']);
    await bot.stop();
  });

  it('undoes at once what is taken after the stop', async () => {
    const { bot, context } = await open();
    await bot.stop();
    const undone: string[] = [];
    context.onStop(() => void undone.push('onStop'));
    context.command('late', {}, () => {});
    context.every('1s', () => undone.push('tick'));
    context.on('message', () => undone.push('message'));
    await bot.clock.advance('5s');
    await bot.hear('hello');
    expect(undone).toEqual(['onStop']);
    expect(bot.commands.map(({ name }) => name)).toEqual(['help']);
    expect(context.signal.aborted).toBe(true);
  });

  it('runs what somebody else calls as its own', async () => {
    const { bot, context } = await open();
    const owners: (string | undefined)[] = [];
    context.run('socket message', () => owners.push(attributionNow()?.plugin));
    context.run('socket message', () => {
      throw new Error('sync');
    });
    context.run('socket close', () => Promise.reject(new Error('async')));
    await bot.clock.advance(0);
    expect(owners).toEqual(['lamp']);
    expect(bot.events.filter(({ type }) => type === 'fault').map(({ data }) => data)).toEqual([
      { plugin: 'lamp', where: 'socket message', error: new Error('sync') },
      { plugin: 'lamp', where: 'socket close', error: new Error('async') },
    ]);
    await bot.stop();
  });

  it('has a store of its own that outlives a restart', async () => {
    const stores: (number | undefined)[] = [];
    const counter = (name: string) =>
      definePlugin({
        name,
        async start({ store }) {
          const count = await store.update('count', (value) => Number(value ?? 0) + 1);
          stores.push(Number(count));
        },
      });
    const bot = await startTestBot([counter('a'), counter('b')]);
    await bot.restart('a');
    expect(stores).toEqual([1, 1, 2]);
    await bot.stop();
  });

  it('logs with the name of the plugin', async () => {
    const { bot, context } = await open();
    context.log.warn('hot', { pin: 'GPIO17' });
    expect(bot.log).toContainEqual({
      level: 'warn',
      message: 'hot',
      fields: { plugin: 'lamp', pin: 'GPIO17' },
    });
    await bot.stop();
  });

  it('registers a command without options', async () => {
    const { bot, context } = await open();
    context.command('hi', ({ reply }) => reply('Hello!'));
    context.command('greet <name>', ({ args, reply }) => reply(`Hello ${args.name}!`));
    await bot.hear('!hi');
    await bot.hear('!greet Bob');
    expect(bot.replies).toEqual(['Hello!', 'Hello Bob!']);
    await bot.stop();
  });

  it.each([
    ['nothing', []],
    ['options alone', [{}]],
    ['a text as options', ['about', () => {}]],
    ['a handler that is none', [{}, 'say hi']],
  ])('refuses a command that is given %s', async (_, given) => {
    const { bot, context } = await open();
    // An author who writes JavaScript is told of nothing by the compiler.
    const command = context.command as (...given: readonly unknown[]) => unknown;
    expect(() => command('hi', ...given)).toThrow(
      'The plugin "lamp" gives the command "hi" no handler.',
    );
    await bot.stop();
  });
});

describe('what start returns', () => {
  /** What is warned of a plugin that returns this. */
  async function warningsOf(returned: unknown): Promise<readonly string[]> {
    const start = () => returned;
    // As JavaScript lets one write it.
    const plugin = definePlugin({ name: 'lamp', start: start as () => void });
    const bot = await startTestBot([plugin]);
    await bot.stop();
    return bot.log.filter(({ level }) => level === 'warn').map(({ message }) => message);
  }

  it.each([
    ['a number', 7],
    ['a string', 'started'],
    ['an object', { stop() {} }],
    ['an object', Promise.resolve([() => {}])],
    ['a boolean', true],
  ])('is told where nobody takes it: %s', async (kind, returned) => {
    expect(await warningsOf(returned)).toEqual([
      `The start of "lamp" returned ${kind}, which nobody takes. Return nothing, or a function that undoes what start did.`,
    ]);
  });

  it.each([[undefined], [null], [() => {}], [Promise.resolve()]])(
    'is its undo or nothing: %p',
    async (returned) => {
      expect(await warningsOf(returned)).toEqual([]);
    },
  );
});
