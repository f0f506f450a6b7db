import { describe, expect, it } from '@jest/globals';
import {
  Chat,
  type CommandHandler,
  type CommandOptions,
  definePlugin,
  refuse,
} from '../../src/index.js';
import { startTestBot, type TestBotOptions, type TestEntry } from '../../src/testing/index.js';

interface Setup extends TestBotOptions {
  readonly signature?: string;
  readonly options?: CommandOptions<never>;
  readonly handler?: CommandHandler<never>;
  readonly commands?: TestEntry['commands'];
}

/** A bot with one command, `lamp <state:on|off>`, that answers. */
function start(setup: Setup = {}) {
  const plugin = definePlugin({
    name: 'lamp',
    replies: { 'pin.maxOn': 'Too long.' },
    start({ command }) {
      command(
        setup.signature ?? 'lamp <state:on|off>',
        setup.options ?? {},
        // A handler of any signature: each test knows its own.
        (setup.handler as CommandHandler | undefined) ??
          (({ args, reply }) => reply(`lamp ${JSON.stringify(args)}`)),
      );
    },
  });
  return startTestBot([{ plugin, commands: setup.commands ?? {} }], setup);
}

type Bot = Awaited<ReturnType<typeof start>>;
const reasons = (bot: Bot) => bot.refusals.map(({ reason }) => reason);

/** A promise and what ends it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('CommandRouter', () => {
  it('runs a command whatever its case and answers its message', async () => {
    const bot = await start();
    await bot.hear('!LaMp ON', { id: 'm1' });
    expect(bot.replies).toEqual(['lamp {"state":"on"}']);
    expect(bot.events).toContainEqual({
      type: 'reply',
      data: expect.objectContaining({ replyTo: 'm1', channel: 'test' }),
    });
    expect(bot.events).toContainEqual({
      type: 'command',
      data: expect.objectContaining({ command: 'lamp', plugin: 'lamp', messageId: 'm1' }),
    });
    await bot.stop();
  });

  it('gives a handler what it needs to know', async () => {
    let seen: unknown;
    const bot = await start({
      options: { aliases: ['licht'] },
      handler: async ({ user, channel, message, command, signal, say }) => {
        seen = [user.login, channel, message.text, command, signal.aborted];
        await say('to all');
      },
    });
    await bot.hear('!licht on', { as: 'Alice', channel: 'other' });
    expect(seen).toEqual(['alice', 'other', '!licht on', 'licht', false]);
    expect(bot.events).toContainEqual({
      type: 'reply',
      data: { channel: 'other', text: 'to all', delivery: { status: 'written' } },
    });
    await bot.stop();
  });

  it('says in an event why a command did not run', async () => {
    const bot = await start({ options: { allow: 'moderator', cooldown: '30s' } });
    await bot.hear('!lmap on', { as: 'alice', id: 'm1' });
    await bot.hear('!lamp on', { as: 'alice', id: 'm2' });
    await bot.hear('!lamp', { as: 'mod', roles: ['moderator'], id: 'm3' });
    await bot.hear('!lamp on', { as: 'mod', roles: ['moderator'] });
    await bot.clock.advance('23s');
    await bot.hear('!lamp on', { as: 'mod', roles: ['moderator'], id: 'm4' });
    expect(bot.refusals).toEqual([
      expect.objectContaining({ reason: 'unknown', command: 'lmap', messageId: 'm1' }),
      expect.objectContaining({ reason: 'role', command: 'lamp', messageId: 'm2' }),
      expect.objectContaining({ reason: 'arguments', command: 'lamp', messageId: 'm3' }),
      expect.objectContaining({
        ...{ reason: 'cooldown', command: 'lamp', messageId: 'm4', retryAfter: 7_000 },
        user: expect.objectContaining({ login: 'mod' }),
      }),
    ]);
    await bot.stop();
  });

  it('asks in this order: ready, exists, enabled, role, arguments, cooldown', async () => {
    const plugin = definePlugin({
      name: 'lamp',
      async start({ command }) {
        command('lamp <state:on|off>', { allow: 'moderator', cooldown: '30s' }, () => {});
        command('off <state:on|off>', { allow: 'moderator' }, () => {});
      },
    });
    const bot = await startTestBot([{ plugin, commands: { off: { enabled: false } } }], {
      start: false,
    });
    const wrong = async (line: string) => bot.hear(line, { as: 'viewer' });
    await wrong('!nothing');
    await bot.start();
    await wrong('!nothing');
    await wrong('!off maybe');
    await wrong('!lamp maybe');
    await bot.hear('!lamp maybe', { as: 'mod', roles: ['moderator'] });
    // Neither the refused viewer nor the mistyped command has burnt the cooldown.
    await bot.hear('!lamp on', { as: 'mod', roles: ['moderator'] });
    await bot.hear('!lamp on', { as: 'mod', roles: ['moderator'] });
    expect(reasons(bot)).toEqual([
      'starting',
      'unknown',
      'disabled',
      'role',
      'arguments',
      'cooldown',
    ]);
    expect(bot.events.filter(({ type }) => type === 'command')).toHaveLength(1);
    await bot.stop();
  });

  it('refuses what waits or comes when the bot stops as stopping', async () => {
    const { open, opened } = gate();
    const bot = await start({ handler: () => opened });
    const heard = [bot.hear('!lamp on'), bot.hear('!lamp off')];
    const stopped = bot.stop();
    open();
    await Promise.all([...heard, stopped]);
    await bot.hear('!lamp on');
    expect(reasons(bot)).toEqual(['stopping', 'stopping']);
    expect(bot.replies).toEqual([]);
  });

  it('answers a usage error with the usage and one example, once in ten seconds per user', async () => {
    const bot = await start({ prefix: '?' });
    await bot.hear('?lamp', { as: 'alice' });
    await bot.hear('?lamp maybe', { as: 'alice' });
    await bot.hear('?lamp', { as: 'bob' });
    const usage = 'Usage: ?lamp <state:on|off> · for example ?lamp on';
    expect(bot.replies).toEqual([usage, usage]);
    await bot.clock.advance('10s');
    await bot.hear('?lamp', { as: 'alice' });
    expect(bot.replies).toHaveLength(3);
    expect(reasons(bot)).toHaveLength(4);
    await bot.stop();
  });

  it.each([
    ['silent', 0],
    ['once', 2],
    ['always', 3],
  ] as const)('tells viewers on cooldown with onCooldown: %s', async (onCooldown, told) => {
    const bot = await start({
      options: { cooldown: '7s', onCooldown },
      handler: () => {},
    });
    for (const as of ['alice', 'alice', 'bob', 'alice']) await bot.hear('!lamp on', { as });
    expect(bot.replies).toEqual(Array(told).fill('!lamp can be used again in 7 s.'));
    expect(reasons(bot)).toEqual(['cooldown', 'cooldown', 'cooldown']);
    await bot.stop();
  });

  it('gives the cooldown back when the handler throws', async () => {
    let calls = 0;
    const bot = await start({
      options: { cooldown: '30s' },
      handler: async () => {
        calls += 1;
        if (calls === 1) throw new Error('no current');
      },
    });
    await bot.hear('!lamp on', { id: 'm7' });
    await bot.hear('!lamp on');
    await bot.hear('!lamp on');
    expect(calls).toBe(2);
    expect(reasons(bot)).toEqual(['cooldown']);
    expect(bot.log).toContainEqual({
      level: 'error',
      message: 'The plugin "lamp" failed in command lamp: no current',
      fields: expect.objectContaining({ plugin: 'lamp', where: 'command lamp', messageId: 'm7' }),
    });
    await bot.stop();
  });

  it('gives the cooldown back when the handler refuses, and tells why', async () => {
    const bot = await start({
      options: { cooldown: '30s' },
      handler: async ({ message }) =>
        message.text.endsWith('on')
          ? refuse('pin.maxOn', { text: 'The lamp was on for too long.', retryAfter: 5_000 })
          : undefined,
    });
    await bot.hear('!lamp on');
    await bot.hear('!lamp off');
    expect(bot.replies).toEqual(['The lamp was on for too long.']);
    expect(bot.refusals).toEqual([
      expect.objectContaining({
        reason: 'pin.maxOn',
        retryAfter: 5_000,
        text: 'The lamp was on for too long.',
      }),
    ]);
    expect(bot.events.filter(({ type }) => type === 'command')).toHaveLength(1);
    await bot.stop();
  });

  it('lets the owner reword what is refused, and what the plugin says', async () => {
    const replies = {
      cooldown: '@{user}: {command} erst in {wait}',
      arguments: '',
      'pin.maxOn': 'Zu lange! ({text})',
    };
    const bot = await start({
      replies,
      options: { cooldown: { user: '90s' } },
      handler: ({ user }) =>
        user.login === 'bob' ? refuse('pin.maxOn', { text: 'too long' }) : undefined,
    });
    await bot.hear('!lamp', { as: 'Alice' });
    await bot.hear('!lamp on', { as: 'Alice' });
    await bot.hear('!lamp on', { as: 'Alice' });
    await bot.hear('!lamp on', { as: 'Bob' });
    expect(bot.replies).toEqual(['@Alice: !lamp erst in 1 min 30 s', 'Zu lange! (too long)']);
    await bot.stop();
  });

  it('takes nothing in a name for a template', async () => {
    const bot = await start({ replies: { arguments: 'No, {user}! {usage}' } });
    await bot.hear('!lamp', { as: '{example}' });
    expect(bot.replies).toEqual(['No, {example}! !lamp <state:on|off>']);
    await bot.stop();
  });

  it('runs the commands of one user one after the other, and those of others beside them', async () => {
    const { open, opened } = gate();
    const order: string[] = [];
    const bot = await start({
      handler: async ({ user, message }) => {
        order.push(`${user.login} begins ${message.text}`);
        if (user.login === 'alice') await opened;
        order.push(`${user.login} ends`);
      },
    });
    const first = bot.hear('!lamp on', { as: 'alice' });
    const second = bot.hear('!lamp off', { as: 'alice' });
    await bot.hear('!lamp on', { as: 'bob' });
    expect(order).toEqual(['alice begins !lamp on', 'bob begins !lamp on', 'bob ends']);
    open();
    await Promise.all([first, second]);
    expect(order.slice(3)).toEqual(['alice ends', 'alice begins !lamp off', 'alice ends']);
    await bot.stop();
  });

  it('lets five commands of a user wait or run, and refuses more', async () => {
    const { open, opened } = gate();
    let ran = 0;
    const bot = await start({
      handler: async () => {
        ran += 1;
        await opened;
      },
    });
    const heard = Array.from({ length: 8 }, () => bot.hear('!lamp on', { as: 'alice' }));
    open();
    await Promise.all(heard);
    expect([ran, reasons(bot)]).toEqual([5, ['queue', 'queue', 'queue']]);
    await bot.hear('!lamp on', { as: 'alice' });
    expect(ran).toBe(6);
    await bot.stop();
  });

  it('tells of an answer that was not said, with the reason', async () => {
    const dropped = { status: 'dropped', reason: 'newer answers came first' } as const;
    const drop = async () => dropped;
    const chat = definePlugin({
      name: 'chat',
      provides: [Chat],
      register: (container) =>
        container.register(Chat, {
          useValue: { channels: [], say: drop, reply: drop, action: drop },
        }),
    });
    const lamp = definePlugin({
      name: 'lamp',
      start: ({ command }) =>
        void command('lamp', { aliases: ['licht'] }, async ({ reply }) => {
          expect(await reply('on')).toEqual(dropped);
        }),
    });
    const bot = await startTestBot([chat, lamp]);
    await bot.hear('!licht', { as: 'alice', id: 'm1' });
    expect(bot.refusals).toEqual([
      expect.objectContaining({
        reason: 'unsaid',
        command: 'lamp',
        messageId: 'm1',
        text: 'newer answers came first',
      }),
    ]);
    await bot.stop();
  });

  it('is idle when no handler runs or waits', async () => {
    const { open, opened } = gate();
    const bot = await start({ handler: () => opened });
    await bot.idle();
    const heard = bot.hear('!lamp on');
    let idle = false;
    const waiting = bot.idle().then(() => {
      idle = true;
    });
    await bot.clock.advance(0);
    expect(idle).toBe(false);
    open();
    await Promise.all([heard, waiting]);
    expect(idle).toBe(true);
    await bot.stop();
  });

  it('asks the new plugin when the one that was called was stopped meanwhile', async () => {
    const { open, opened } = gate();
    let life = 0;
    const lamp = definePlugin({
      name: 'lamp',
      start({ command }) {
        life += 1;
        const mine = life;
        command('lamp', {}, ({ reply }) => reply(`life ${mine}`));
      },
    });
    const slow = definePlugin({
      name: 'slow',
      start: ({ command }) => void command('slow', {}, () => opened),
    });
    const bot = await startTestBot([lamp, slow]);
    const heard = [bot.hear('!slow'), bot.hear('!lamp')];
    await bot.restart('lamp');
    open();
    await Promise.all(heard);
    expect(bot.replies).toEqual(['life 2']);
    await bot.stop();
  });

  it.each([
    ['29s', ['fine'], []],
    ['31s', ['!fine came too late; say it again.'], ['late']],
  ] as const)(
    'does what waited for another command of its user for %s or not',
    async (time, replies, reasons) => {
      const { open, opened } = gate();
      const slow = definePlugin({
        name: 'slow',
        start({ command }) {
          command('slow', {}, () => opened);
          command('fine', {}, ({ reply }) => reply('fine'));
        },
      });
      const bot = await startTestBot([slow]);
      const heard = [bot.hear('!slow'), bot.hear('!fine')];
      await bot.clock.advance(time);
      open();
      await Promise.all(heard);
      expect([bot.replies, bot.refusals.map(({ reason }) => reason)]).toEqual([replies, reasons]);
      await bot.stop();
    },
  );

  it('does not let a handler that hangs hold its user up once its plugin is stopped', async () => {
    const hangs = definePlugin({
      name: 'hangs',
      start: ({ command }) => void command('hang', {}, () => new Promise(() => {})),
    });
    const fine = definePlugin({
      name: 'fine',
      start: ({ command }) => void command('fine', {}, ({ reply }) => reply('fine')),
    });
    const bot = await startTestBot([hangs, fine]);
    const heard = [bot.hear('!hang'), bot.hear('!fine')];
    await bot.clock.advance(0);
    expect(bot.replies).toEqual([]);
    await bot.restart('hangs');
    await Promise.all(heard);
    expect(bot.replies).toEqual(['fine']);
    await bot.stop();
  });

  it("answers the usage when an author's own argument type throws, and blames the plugin", async () => {
    const plugin = definePlugin({
      name: 'paint',
      start({ command }) {
        const color = (_: string): string => {
          throw new Error('no palette');
        };
        command('paint <c:color>', { types: { color } }, () => {});
      },
    });
    const bot = await startTestBot([plugin]);
    await bot.hear('!paint red');
    expect(bot.replies).toEqual(['Usage: !paint <c:color> · for example !paint color']);
    expect(bot.log.map(({ message }) => message)).toContain(
      'The plugin "paint" failed in command paint: no palette',
    );
    await bot.stop();
  });

  it('hands unicode through unharmed', async () => {
    const bot = await start({
      signature: 'say <text...>',
      handler: ({ args, reply }: { args: { text: string }; reply(text: string): unknown }) =>
        reply(args.text),
    });
    await bot.hear('!say 👩‍👩‍👧‍👦 naïve 日本語 🏳️‍🌈 \u{e0000}');
    expect(bot.replies).toEqual(['👩‍👩‍👧‍👦 naïve 日本語 🏳️‍🌈']);
    await bot.stop();
  });

  it('remembers the last 200 refusals and when they were', async () => {
    const bot = await start();
    for (let i = 0; i < 205; i++) await bot.hear(`!nothing${i}`);
    expect(bot.refusals).toHaveLength(200);
    expect(bot.refusals.at(0)?.command).toBe('nothing5');
    expect(bot.refusals.at(-1)).toMatchObject({
      command: 'nothing204',
      time: bot.clock.date().getTime(),
    });
    await bot.stop();
  });

  it('reports a usage that does not get out to chat, and goes on', async () => {
    const chat = definePlugin({
      name: 'broken-chat',
      provides: [Chat],
      register(container) {
        const fail = async () => {
          throw new Error('socket closed');
        };
        container.register(Chat, {
          useValue: { channels: [], say: fail, reply: fail, action: fail },
        });
      },
    });
    const lamp = definePlugin({
      name: 'lamp',
      start: ({ command }) => void command('lamp <a>', {}, ({ reply }) => reply('on')),
    });
    const bot = await startTestBot([chat, lamp]);
    await bot.hear('!lamp');
    await bot.hear('!lamp x');
    expect(bot.log.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'PertyBot failed in reply: socket closed',
      'The plugin "lamp" failed in command lamp: socket closed',
    ]);
    await bot.stop();
  });

  it('tells a refusal of a command with a cooldown no more often than the usage', async () => {
    const bot = await start({
      options: { cooldown: '1s' },
      handler: () => refuse('lamp.hot', { text: 'The lamp is hot.' }),
    });
    for (let second = 0; second < 20; second++) {
      await bot.hear('!lamp on');
      await bot.clock.advance('1s');
    }
    expect(bot.replies).toHaveLength(2);
    expect(reasons(bot)).toEqual(Array(20).fill('lamp.hot'));
    await bot.stop();
  });

  it.each([
    ['unknown', '!nothing'],
    ['role', '!mods'],
  ])("tells the owner's own words for %s once in ten seconds", async (reason, text) => {
    const plugin = definePlugin({
      name: 'mods',
      start: ({ command }) => void command('mods', { allow: 'moderator' }, () => {}),
    });
    const bot = await startTestBot([plugin], { replies: { [reason]: 'No.' } });
    for (let index = 0; index < 30; index++) await bot.hear(`${text}${index % 2 ? '' : ' x'}`);
    expect(bot.replies).toEqual(['No.']);
    await bot.stop();
  });
});
