import { describe, expect, it } from '@jest/globals';
import { type TwitchSimulator, twitchLimits } from '../../src/index.js';
import { simulator, TestClock } from '../simulator.js';
import { RawClient } from './raw-client.js';

interface Scene {
  readonly twitch: TwitchSimulator;
  readonly client: RawClient;
  readonly clock: TestClock;
  readonly outcomes: string[];
}

async function scene(...channels: readonly string[]): Promise<Scene> {
  const clock = new TestClock();
  const twitch = await simulator({ now: clock.now, chat: { limits: 'twitch' } });
  const client = await RawClient.join(twitch, 'pertybot', ...channels);
  const outcomes: string[] = [];
  twitch.chat.on('message', () => outcomes.push('shown'));
  twitch.chat.on('dropped', ({ reason }) => outcomes.push(reason));
  return { twitch, client, clock, outcomes };
}

async function say({ client, clock }: Scene, text: string, pause = 0): Promise<void> {
  client.send(`PRIVMSG #perty :${text}`);
  await client.settled();
  clock.pass(pause);
}

describe('the limits', () => {
  it('are off unless asked for', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    for (let count = 0; count < 50; count += 1) client.send('PRIVMSG #perty :same');
    await client.settled();
    expect(twitch.chat.messages).toHaveLength(50);
  });

  it('let 20 messages through in 30 seconds, then none for half an hour', async () => {
    const it = await scene('perty');
    for (let count = 0; count < 21; count += 1) await say(it, `text ${count}`, 1.1);
    expect(it.outcomes).toEqual([...Array<string>(20).fill('shown'), 'rate']);
    it.clock.pass(60);
    await say(it, 'too soon');
    it.clock.pass(30 * 60);
    await say(it, 'now');
    expect(it.outcomes.slice(21)).toEqual(['rate', 'shown']);
    expect(it.client.lines.join('\n')).not.toContain('NOTICE');
  });

  it('let one message a second into a channel', async () => {
    const it = await scene('perty');
    await say(it, 'one', 0.5);
    await say(it, 'two', 0.6);
    await say(it, 'three');
    expect(it.outcomes).toEqual(['shown', 'rate', 'shown']);
  });

  it('refuse the same text within 30 seconds with a notice', async () => {
    const it = await scene('perty');
    await say(it, 'same', 10);
    await say(it, 'same', 21);
    await say(it, 'same');
    expect(it.outcomes).toEqual(['shown', 'duplicate', 'shown']);
    expect(await it.client.heard('NOTICE')).toContain('@msg-id=msg_duplicate ');
  });

  it('are wider for a moderator, who may repeat itself', async () => {
    const it = await scene('perty');
    it.twitch.chat.setRoles('perty', 'pertybot', ['moderator']);
    for (let count = 0; count < 101; count += 1) it.client.send('PRIVMSG #perty :same');
    await it.client.settled();
    expect(it.outcomes).toEqual([...Array<string>(100).fill('shown'), 'rate']);
  });

  it('count what a moderator wrote when it writes where it is none', async () => {
    const it = await scene('perty', 'other');
    it.twitch.chat.setRoles('other', 'pertybot', ['vip']);
    for (let count = 0; count < 20; count += 1) it.client.send('PRIVMSG #other :same');
    await say(it, 'one too many');
    expect(it.outcomes).toEqual([...Array<string>(20).fill('shown'), 'rate']);
  });

  it('let 20 channels be joined in 10 seconds and ignore the rest', async () => {
    const it = await scene();
    const names = Array.from({ length: 21 }, (_, index) => `#room${index}`);
    it.client.send(`JOIN ${names.join(',')}`);
    await it.client.settled();
    expect(it.twitch.chat.joined('room19')).toBe(true);
    expect(it.twitch.chat.joined('room20')).toBe(false);
    it.clock.pass(10);
    it.client.send('JOIN #room20');
    await it.client.heard('ROOMSTATE #room20');
  });

  it('let 20 logins through in 10 seconds', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now, chat: { limits: 'twitch' } });
    for (let count = 0; count < 20; count += 1) await RawClient.join(twitch);
    const client = await RawClient.open(twitch);
    client.send('PASS oauth:x', 'NICK pertybot');
    expect(await client.heard('NOTICE')).toContain('Login unsuccessful');
    clock.pass(10);
    await RawClient.join(twitch);
  });

  it('can be changed while it runs', async () => {
    const it = await scene('perty');
    it.twitch.chat.limit({ ...twitchLimits, messages: { count: 1, within: 1000 }, penalty: 0 });
    await say(it, 'one');
    await say(it, 'two', 2);
    await say(it, 'three');
    expect(it.outcomes).toEqual(['shown', 'rate', 'shown']);
  });
});
