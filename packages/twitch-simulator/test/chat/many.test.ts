import { describe, expect, it, jest } from '@jest/globals';
import { RateLimiter } from '../../src/chat/rate-limiter.js';
import { RecentMessages } from '../../src/chat/recent-messages.js';
import { simulator } from '../simulator.js';
import { RawClient, tagsOf } from './raw-client.js';

// Many lines take long where others have the machine, too.
jest.setTimeout(30_000);

const many = 10_000;

let made: readonly string[] | undefined;

/** Made by the first who wants them, which takes longer than to send them. */
async function manyLines(): Promise<readonly string[]> {
  if (made) return made;
  const { chat } = await simulator();
  made = Array.from({ length: many }, (_, number) =>
    chat.line({ channel: 'perty', as: { login: `v${number}` }, text: `line ${number}` }),
  );
  return made;
}

describe('ten thousand', () => {
  it.each([1, 7, 1_000])('lines reach a client in order, %i in a frame', async (perFrame) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    const lines = await manyLines();
    twitch.chat.frames(lines, perFrame);
    await client.settled();
    expect(client.lines.slice(0, -1)).toEqual(lines);
    expect(client.frames).toHaveLength(Math.ceil(many / perFrame) + 1);
  });

  it('lines have an id each', async () => {
    const ids = (await manyLines()).map((line) => tagsOf(line).id);
    expect(new Set(ids).size).toBe(many);
  });

  it('lines of a client arrive in order, and the latest are remembered', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const heard: string[] = [];
    twitch.chat.on('message', ({ text }) => heard.push(text));
    for (let number = 0; number < many; number++) client.send(`PRIVMSG #perty :line ${number}`);
    await client.settled();
    expect(heard).toEqual(Array.from({ length: many }, (_, number) => `line ${number}`));
    const { messages } = twitch.chat;
    expect(messages.at(-1)?.text).toBe(`line ${many - 1}`);
    expect(messages.length).toBeGreaterThanOrEqual(2_000);
    expect(messages.length).toBeLessThanOrEqual(4_000);
  });

  it('messages of a flood come at its pace, in the frames that were asked for', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    await twitch.chat.flood({ channel: 'perty', count: many, perSecond: 100_000, perFrame: 50 });
    await client.settled();
    const texts = client.lines.flatMap((line) => /PRIVMSG #perty :(.*)$/.exec(line)?.[1] ?? []);
    expect(texts).toEqual(Array.from({ length: many }, (_, number) => `message ${number}`));
    for (const frame of client.frames) expect(frame.split('\r\n').length - 1).toBeLessThan(51);
  });

  it('channels are joined by one client, and left when it goes', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    const names = Array.from({ length: many }, (_, number) => `#channel${number}`);
    for (let start = 0; start < many; start += 500) {
      client.send(`JOIN ${names.slice(start, start + 500).join(',')}`);
    }
    await client.settled();
    expect(twitch.chat.sessions[0]?.channels.size).toBe(many);
    client.socket.close(1000);
    await client.closed;
    await twitch.chat.until(() => twitch.chat.sessions.length === 0);
    expect(twitch.chat.joined(`channel${many - 1}`)).toBe(false);
  });

  it('messages are remembered two thousand deep, for those who answer', () => {
    const recent = new RecentMessages();
    const author = { id: '1', login: 'alice', displayName: 'Alice' };
    for (let number = 0; number < many; number++) {
      recent.add({ id: `${number}`, channel: 'perty', author, text: 'x', thread: undefined });
    }
    expect(recent.find(`${many - 2_001}`)).toBeUndefined();
    expect(recent.find(`${many - 2_000}`)).toBeDefined();
    expect(recent.replyTags('0')).toEqual({ 'reply-parent-msg-id': '0' });
  });

  it('keys of a limiter are swept once what they did is old', () => {
    let now = 0;
    const limiter = new RateLimiter(() => now);
    const limit = { count: 1, within: 1_000 };
    for (let number = 0; number < many; number++) limiter.admit(`${number}`, limit);
    expect(limiter.admit('5', limit)).toBe(false);
    now = 5_000;
    expect(limiter.admit('one more', limit)).toBe(true);
    expect(limiter.admit('5', limit)).toBe(true);
    expect(limiter.admit('5', limit)).toBe(false);
  });
});

describe('a hundred clients', () => {
  it('hear each other, and none hears itself', async () => {
    const twitch = await simulator();
    const logins = Array.from({ length: 100 }, (_, number) => `bot${number}`);
    for (const login of logins) twitch.id.addAccount({ login });
    const clients = await Promise.all(
      logins.map((login) => RawClient.join(twitch, login, 'perty')),
    );
    expect(twitch.chat.members('perty')).toHaveLength(100);
    for (const client of clients) client.forget();
    for (const [number, client] of clients.entries()) client.send(`PRIVMSG #perty :hi ${number}`);
    await Promise.all(clients.map((client) => client.settled()));
    await Promise.all(clients.map((client) => client.settled()));
    for (const [number, client] of clients.entries()) {
      const heard = client.lines.filter((line) => line.includes(' PRIVMSG '));
      expect(heard).toHaveLength(99);
      expect(heard.join('\n')).not.toMatch(new RegExp(`:hi ${number}$`, 'm'));
    }
  });

  it('are all cut by one fault, and all come back', async () => {
    const twitch = await simulator();
    const clients = await Promise.all(Array.from({ length: 100 }, () => RawClient.join(twitch)));
    twitch.chat.faults.drop();
    expect(new Set(await Promise.all(clients.map(({ closed }) => closed)))).toEqual(
      new Set([1006]),
    );
    await Promise.all(clients.map(() => RawClient.join(twitch, 'pertybot', 'perty')));
    expect(twitch.chat.sessions).toHaveLength(100);
  });
});
