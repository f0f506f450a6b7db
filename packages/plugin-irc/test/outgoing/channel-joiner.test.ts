import { afterEach, expect, test } from '@jest/globals';
import { type ChatRig, startRig } from '../chat-rig.js';

let rig: ChatRig;
afterEach(() => rig.stop());

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `channel${index}`);
}

/** The JOIN lines that the server got. */
function listen(): string[] {
  const lines: string[] = [];
  rig.twitch.chat.on('line', ({ line }) => {
    if (line.startsWith('JOIN')) lines.push(line);
  });
  return lines;
}

test('joins several channels by one line', async () => {
  rig = await startRig({ start: false, config: { channels: names(10) } });
  const lines = listen();
  await rig.start();
  expect(rig.chat.channels).toEqual(names(10));
  expect(lines).toEqual([
    `JOIN ${names(10)
      .map((name) => `#${name}`)
      .join(',')}`,
  ]);
  expect(rig.health.state).toBe('ok');
});

test('takes channel names in any form', async () => {
  rig = await startRig({ config: { channels: ['#Streamer', 'streamer', ' Friend '] } });
  expect(rig.chat.channels).toEqual(['streamer', 'friend']);
});

test('joins no more than 20 channels in 10 s', async () => {
  rig = await startRig({ start: false, config: { channels: names(45) } });
  const lines = listen();
  const asked = () => lines.join().split('#').length - 1;
  const started = rig.bot.start();
  await rig.until(() => asked() === 20, 'the first were asked for');
  await rig.bot.clock.advance('10s');
  expect(asked()).toBe(20);
  await rig.bot.clock.advance('250ms');
  await rig.until(() => asked() === 40, 'the next were asked for');
  await rig.bot.clock.advance('11s');
  await started;
  await rig.until(() => rig.chat.channels.length === 45, 'all are joined');
});

test('reports a channel that bans the bot by name, and tries it again after a while', async () => {
  rig = await startRig({
    config: { channels: ['streamer', 'foe'] },
    prepare: ({ chat }) => chat.refuseJoins('foe', 'msg_banned'),
  });
  expect(rig.state).toBe('running');
  expect(rig.chat.channels).toEqual(['streamer']);
  expect(rig.health.state).toBe('degraded');
  expect(rig.health.channels).toEqual([
    { channel: 'streamer', joined: true },
    { channel: 'foe', joined: false, problem: 'The bot is banned from the channel.' },
  ]);
  expect(rig.events('part')).toEqual([
    { channel: 'foe', reason: 'The bot is banned from the channel.' },
  ]);
  const report = rig.bot.log.find(({ fields }) => fields.code === 'CHAT_JOIN_FAILED');
  expect(report?.message).toContain('"foe"');
  const lines = listen();
  await rig.bot.clock.advance('14s');
  expect(lines).toEqual([]);
  await rig.bot.clock.advance('16s');
  await rig.until(() => lines.length === 1, 'it tried again');
  expect(lines).toEqual(['JOIN #foe']);
  await rig.settled();
  await rig.bot.clock.advance('14s');
  expect(lines).toHaveLength(1);
  rig.twitch.chat.allowJoins('foe');
  await rig.bot.clock.advance('46s');
  await rig.until(() => rig.health.state === 'ok', 'it is joined');
  expect(rig.events('part')).toHaveLength(1);
});

test('reports a channel that Twitch says nothing about, after it was asked for alone', async () => {
  rig = await startRig({
    start: false,
    config: { channels: ['streamer', 'nobody'] },
    prepare: ({ chat }) => chat.refuseJoins('nobody', 'silent'),
  });
  const lines = listen();
  const started = rig.bot.start();
  await rig.until(() => lines.length === 1, 'it asked');
  await rig.until(() => rig.bot.events.some(({ type }) => type === 'join'), 'it joined one');
  await rig.bot.clock.advance('4s');
  await rig.until(() => lines.length === 2, 'it asked again');
  await rig.bot.clock.advance('4s');
  await started;
  await rig.until(() => rig.state === 'running', 'the plugin runs');
  expect(lines).toEqual(['JOIN #streamer,#nobody', 'JOIN #nobody']);
  expect(rig.health.channels[1]).toMatchObject({ channel: 'nobody', joined: false });
  expect(rig.health.channels[1]?.problem).toContain('does the channel exist');
});

test('joins and leaves channels of a changed configuration on the same connection', async () => {
  rig = await startRig({ config: { channels: ['streamer', 'friend'] } });
  expect(await rig.reconfigure({ channels: ['streamer', 'newcomer'] })).toBe(true);
  await rig.until(() => rig.chat.channels.includes('newcomer'), 'it joined the new one');
  await rig.until(() => !rig.twitch.chat.joined('friend', 'pertybot'), 'it left the old one');
  expect(rig.chat.channels).toEqual(['streamer', 'newcomer']);
  expect(rig.events('part')).toEqual([{ channel: 'friend', reason: 'no longer wanted' }]);
  expect(rig.events('connected')).toHaveLength(1);
});

test('tells of a channel that it leaves while chat is away', async () => {
  rig = await startRig({ config: { channels: ['streamer', 'friend'] } });
  rig.twitch.chat.faults.drop();
  await rig.until(() => rig.events('disconnected').length === 1, 'chat is away');
  await rig.reconfigure({ channels: ['streamer'] });
  expect(rig.events('part')).toEqual([{ channel: 'friend', reason: 'no longer wanted' }]);
});

test('does not take its own leaving for a removal when the channel is wanted again', async () => {
  rig = await startRig({ config: { channels: ['streamer', 'friend'] } });
  await rig.reconfigure({ channels: ['streamer'] });
  await rig.reconfigure({ channels: ['streamer', 'friend'] });
  await rig.until(() => rig.chat.channels.includes('friend'), 'it joined again');
  await rig.settled();
  expect(rig.chat.channels).toEqual(['streamer', 'friend']);
  expect(rig.events('part')).toEqual([{ channel: 'friend', reason: 'no longer wanted' }]);
  expect(rig.bot.log.filter(({ level }) => level === 'warn')).toEqual([]);
});

test('lets itself be started anew for a configuration of another server', async () => {
  rig = await startRig();
  expect(await rig.reconfigure({ port: 1 })).toBe(false);
});

test('does not take a changed room for a join where it is banned', async () => {
  rig = await startRig();
  rig.twitch.chat.notice({ channel: 'streamer', msgId: 'msg_banned' });
  rig.twitch.chat.roomstate({ channel: 'streamer', slow: '5' });
  await rig.until(() => rig.events('roomState').length === 2, 'it was told');
  expect(rig.health.state).toBe('degraded');
});

test('comes back to a channel that it was taken out of', async () => {
  rig = await startRig({ config: { channels: ['streamer', 'friend'] } });
  rig.twitch.chat.raw(':pertybot!pertybot@pertybot.tmi.twitch.tv PART #friend');
  await rig.until(() => rig.health.state === 'degraded', 'it noticed');
  await rig.bot.clock.advance('30s');
  await rig.until(() => rig.health.state === 'ok', 'it is back');
});

test('takes many answers to texts on their way for one refusal, and tells it once', async () => {
  rig = await startRig();
  const lines = listen();
  for (let time = 0; time < 5; time++) {
    rig.twitch.chat.notice({ channel: 'streamer', msgId: 'msg_banned' });
  }
  await rig.until(() => rig.events('notice').length === 5, 'all were heard');
  const warnings = rig.bot.log.filter(({ level }) => level === 'warn');
  expect(warnings.map(({ message }) => message)).toEqual([
    'The bot cannot sit in "streamer": The bot is banned from the channel.',
  ]);
  expect(warnings[0]?.fields.hint).toBe('Unban the account of the bot there.');
  await rig.bot.clock.advance('14s');
  expect(lines).toEqual([]);
  await rig.bot.clock.advance('16s');
  await rig.until(() => lines.length === 1, 'it tried again after 15 to 30 s');
});

test('asks for a channel that stays silent less and less often', async () => {
  rig = await startRig({
    start: false,
    config: { channels: ['streamer', 'nobody'] },
    prepare: ({ chat }) => chat.refuseJoins('nobody', 'silent'),
  });
  const asked: number[] = [];
  rig.twitch.chat.on('line', ({ line }) => {
    if (line === 'JOIN #nobody') asked.push(rig.bot.clock.now());
  });
  const started = rig.bot.start();
  await rig.until(() => rig.events('join').length === 1, 'it joined one');
  for (let second = 0; second < 1_800; second++) await rig.bot.clock.advance('1s');
  await started;
  await rig.settled();
  const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  // 4 s are waited for each answer; then come 15 to 30 s, 30 to 60 s, …
  for (const [index, pause] of pauses.slice(0, 4).entries()) {
    expect(pause).toBeGreaterThanOrEqual(15_000 * 2 ** index + 4_000);
    expect(pause).toBeLessThanOrEqual(30_000 * 2 ** index + 6_000);
  }
  expect(pauses.length).toBeGreaterThanOrEqual(4);
});
