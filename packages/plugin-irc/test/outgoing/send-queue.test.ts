import { afterEach, describe, expect, test } from '@jest/globals';
import { Chat, type Delivery } from '@pertybot/core';
import { twitchLimits } from '@pertybot/twitch-simulator';
import { type ChatRig, startRig } from '../chat-rig.js';

let rig: ChatRig;
afterEach(() => rig.stop());

/** Starts a bot whose clock is also that of Twitch's limits. */
async function start(config: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const now = () => rig?.bot.clock.now() ?? 0;
  rig = await startRig({ config, simulator: { now, chat: { limits: twitchLimits } } });
}

function texts(channel?: string): readonly string[] {
  const sent = rig.twitch.chat.messages.filter((each) => !channel || each.channel === channel);
  return sent.map(({ text }) => text);
}

async function arrives(count: number): Promise<void> {
  await rig.until(() => texts().length >= count, `${count} messages arrived`);
}

/** Messages that Twitch did not show. */
function listenToDrops(): string[] {
  const drops: string[] = [];
  rig.twitch.chat.on('dropped', ({ reason }) => drops.push(reason));
  return drops;
}

/** Calls `say` with numbered texts. */
function sayMany(count: number, channel = 'streamer'): Promise<Delivery>[] {
  return Array.from({ length: count }, (_, number) => rig.chat.say(`${number}`, { channel }));
}

test('sends at once what may be sent at once', async () => {
  await start();
  expect(await rig.chat.say('hello')).toEqual({ status: 'written' });
  await arrives(1);
  expect(rig.events('reply')).toEqual([
    { channel: 'streamer', text: 'hello', delivery: { status: 'written' } },
  ]);
});

test('says to all channels what names none', async () => {
  await start({ channels: ['streamer', 'friend'] });
  await rig.chat.say('to all');
  await arrives(2);
  expect(rig.twitch.chat.messages.map(({ channel }) => channel)).toEqual(['streamer', 'friend']);
  expect(rig.events('reply')).toHaveLength(2);
});

test('keeps a second between two messages in a channel', async () => {
  await start();
  const drops = listenToDrops();
  const all = sayMany(3);
  await arrives(1);
  await rig.bot.clock.advance('1s');
  expect(texts()).toEqual(['0']);
  await rig.bot.clock.advance('2s');
  await arrives(3);
  await Promise.all(all);
  expect(texts()).toEqual(['0', '1', '2']);
  expect(drops).toEqual([]);
});

test('waits as long as slow mode asks', async () => {
  await start();
  rig.twitch.chat.roomstate({ channel: 'streamer', slow: '10' });
  await rig.settled();
  void Promise.all(sayMany(2));
  await arrives(1);
  await rig.bot.clock.advance('10s');
  expect(texts()).toEqual(['0']);
  await rig.bot.clock.advance('100ms');
  await arrives(2);
});

test('sends no more than 20 messages in 30 s over all channels', async () => {
  const channels = ['streamer', 'one', 'two', 'three'];
  await start({ channels });
  const drops = listenToDrops();
  for (const channel of channels) void Promise.all(sayMany(8, channel));
  for (let second = 0; second < 29; second++) {
    await rig.bot.clock.advance('1s');
    await rig.settled();
  }
  expect(texts().length).toBeLessThanOrEqual(20);
  expect(texts().length).toBeGreaterThanOrEqual(17);
  expect(drops).toEqual([]);
});

test('sends 100 messages in 30 s where it is moderator', async () => {
  await start();
  const drops = listenToDrops();
  rig.twitch.chat.setRoles('streamer', 'pertybot', ['moderator']);
  await rig.settled();
  await Promise.all(sayMany(60));
  void Promise.all(sayMany(60));
  await arrives(83);
  for (let second = 0; second < 28; second++) {
    await rig.bot.clock.advance('1s');
    await rig.settled();
  }
  expect(texts().length).toBeGreaterThanOrEqual(97);
  expect(texts().length).toBeLessThanOrEqual(100);
  expect(drops).toEqual([]);
});

test.each(['vip', 'broadcaster'] as const)('need not wait where it is %s', async (role) => {
  await start({ channels: [role === 'broadcaster' ? 'pertybot' : 'streamer'] });
  const [channel = ''] = rig.chat.channels;
  if (role === 'vip') rig.twitch.chat.setRoles(channel, 'pertybot', ['vip']);
  await rig.settled();
  await Promise.all(sayMany(10, channel));
  await arrives(10);
});

test('gives each channel its turn', async () => {
  await start({ channels: ['busy', 'quiet'] });
  void Promise.all(sayMany(15, 'busy'));
  await rig.chat.say('mine', { channel: 'quiet' });
  await arrives(2);
  expect(texts('quiet')).toEqual(['mine']);
  expect(texts('busy')).toEqual(['0']);
});

describe('after a flood', () => {
  /** Lets viewers write, and gives what the bot heard. */
  async function hear(count: number) {
    const before = rig.events('message').length;
    for (let number = 0; number < count; number++) {
      const as = { login: `viewer${before + number}` };
      rig.twitch.chat.say({ channel: 'streamer', as, text: 'hello' });
    }
    await rig.until(() => rig.events('message').length === before + count, 'all were heard');
    return rig.events('message').slice(before);
  }

  test.each([[], ['moderator']] as const)(
    'answers the next viewer within 2 s as %j',
    async (...roles) => {
      await start();
      const drops = listenToDrops();
      rig.twitch.chat.setRoles('streamer', 'pertybot', roles);
      await rig.settled();
      // A flood that lasts, and one that has just begun.
      for (let round = 0; round < 12; round++) {
        const flood = await hear(roles.length === 0 ? 20 : 40);
        const answers = flood.map((message) => rig.chat.reply(message, `old ${message.id}`));
        void Promise.all(answers);
        const [latest] = await hear(1);
        if (latest === undefined) throw new Error('unreachable');
        const answer = rig.chat.reply(latest, `new ${round}`);
        await rig.bot.clock.advance('1s');
        await rig.bot.clock.advance('1s');
        expect(await Promise.race([answer, 'still waits'])).toEqual({ status: 'written' });
        await rig.settled();
      }
      expect(drops).toEqual([]);
    },
  );

  test('drops old answers for new ones, and tells so in the log and the health', async () => {
    await start();
    const flood = await hear(10);
    const answers = flood.map((message) => rig.chat.reply(message, `answer to ${message.id}`));
    expect(await Promise.all(answers.slice(1, 5))).toEqual(
      Array.from({ length: 4 }, () => ({ status: 'dropped', reason: 'newer answers came first' })),
    );
    expect(rig.health.droppedTexts).toBe(4);
    expect(rig.health.lastDrop).toBe('newer answers came first');
    const told = () => rig.bot.log.filter(({ message }) => message.includes('not said'));
    expect(told().map(({ message }) => message)).toEqual([
      'A text for "streamer" was not said: newer answers came first.',
    ]);
    await rig.bot.clock.advance('60s');
    expect(told()[1]?.message).toBe(
      '3 more texts were not said, the last one because newer answers came first.',
    );
    await rig.bot.clock.advance('10m');
    expect(told()).toHaveLength(2);
  });

  test('keeps several answers to one message in order, and what answers nobody', async () => {
    await start();
    void Promise.all(sayMany(3));
    const [older, newer] = await hear(2);
    if (older === undefined || newer === undefined) throw new Error('unreachable');
    for (const text of ['a', 'b']) void rig.chat.reply(older, text);
    for (const text of ['c', 'd']) void rig.chat.reply(newer, text);
    for (let second = 0; second < 15; second++) {
      await rig.bot.clock.advance('1s');
      await rig.settled();
    }
    expect(texts()).toEqual(['0', 'c', 'd', 'a', 'b', '1', '2']);
  });
});

test('makes a text differ that was said within 30 s', async () => {
  await start();
  const drops = listenToDrops();
  for (let time = 0; time < 3; time++) void rig.chat.say('same');
  await rig.bot.clock.advance('3s');
  await arrives(3);
  expect(texts().map((text) => text.replace(/[ \u{e0000}]+$/u, ''))).toEqual([
    'same',
    'same',
    'same',
  ]);
  expect(new Set(texts()).size).toBe(3);
  await rig.bot.clock.advance('40s');
  void rig.chat.say('same');
  await arrives(4);
  expect(texts()[3]).toBe('same');
  expect(drops).toEqual([]);
});

test('drops what waits longer than 30 s, and says so', async () => {
  await start();
  const all = sayMany(40);
  await rig.bot.clock.advance('31s');
  const results = await Promise.all(all);
  const written = results.filter(({ status }) => status === 'written');
  expect(written.length).toBeLessThanOrEqual(20);
  expect(results.at(-1)).toEqual({ status: 'dropped', reason: 'it waited longer than 30 s' });
  expect(rig.health.droppedTexts).toBe(40 - written.length);
  expect(rig.health.waitingMessages).toBe(0);
});

test('drops the oldest beyond 100 that wait', async () => {
  await start();
  const all = sayMany(105);
  expect(rig.health.waitingMessages).toBe(100);
  expect(await all[1]).toEqual({ status: 'dropped', reason: 'the queue is full' });
  expect(rig.health.droppedTexts).toBe(4);
});

test('waits with a text until the bot sits in the channel', async () => {
  rig = await startRig({
    start: false,
    config: { channels: ['streamer', 'slow'] },
    prepare: ({ chat }) => chat.refuseJoins('slow', 'silent'),
  });
  const started = rig.bot.start();
  await rig.until(() => rig.twitch.chat.joined('streamer', 'pertybot'), 'it joined one');
  const chat = rig.container?.resolve<Chat>(Chat as never);
  const said = chat?.say('hello', { channel: 'slow' });
  await rig.bot.clock.advance('1s');
  expect(texts()).toEqual([]);
  rig.twitch.chat.allowJoins('slow');
  await rig.bot.clock.advance('3s');
  expect(await said).toEqual({ status: 'written' });
  await started;
  await arrives(1);
});

describe('while the connection is lost', () => {
  test('keeps a text until the bot is back in its channel', async () => {
    await start();
    rig.twitch.chat.faults.drop();
    await rig.until(() => rig.health.state === 'down', 'it noticed');
    const said = rig.chat.say('later');
    await rig.bot.clock.advance('2s');
    expect(await said).toEqual({ status: 'written' });
    await arrives(1);
    await rig.settled();
    expect(texts()).toEqual(['later']);
  });

  test('drops a text after 30 s', async () => {
    await start();
    const undo = rig.twitch.chat.faults.refuseAllUpgrades('drop');
    rig.twitch.chat.faults.drop();
    await rig.until(() => rig.health.state === 'down', 'it noticed');
    const said = rig.chat.say('never');
    await rig.bot.clock.advance('30s');
    expect((await said).status).toBe('dropped');
    undo();
  });
});

test('holds everything back when Twitch says that it is too fast', async () => {
  await start();
  rig.twitch.chat.notice({ channel: 'streamer', msgId: 'msg_ratelimit' });
  await rig.settled();
  void rig.chat.say('waits');
  await rig.bot.clock.advance('29s');
  await rig.settled();
  expect(texts()).toEqual([]);
});

test('drops what waits when the bot stops', async () => {
  await start();
  const all = sayMany(3);
  await rig.bot.stop();
  expect(await all[2]).toEqual({ status: 'dropped', reason: 'the bot stops' });
});

test('drops what is said after the bot has stopped, at once', async () => {
  await start();
  const { chat } = rig;
  await rig.bot.stop();
  expect(await chat.say('too late')).toEqual({ status: 'dropped', reason: 'the bot stops' });
  await rig.until(() => rig.bot.clock.pending === 0, 'no timer is left');
});
