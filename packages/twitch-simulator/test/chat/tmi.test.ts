import { type EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { Client, type Options } from 'tmi.js';
import type { TwitchSimulator } from '../../src/index.js';
import { atEnd, simulator } from '../simulator.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function tmi(twitch: TwitchSimulator, change: Partial<Options> = {}): Client {
  const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
  const { host: server, port } = twitch.chatUrl;
  const client = new Client({
    options: { skipMembership: true, skipUpdatingEmotesets: true },
    connection: { server, port, secure: false, reconnect: false },
    identity: { username: 'PertyBot', password: async () => accessToken },
    logger: silent,
    channels: [],
    ...change,
  });
  atEnd(() => client.disconnect().catch(() => undefined));
  return client;
}

/** The client as the emitter that it is; its types hide that, and some of its events. */
function emitterOf(client: Client): EventEmitter {
  return client as unknown as EventEmitter;
}

describe('the real tmi.js', () => {
  it('logs in, joins, hears, speaks, pings and leaves', async () => {
    const twitch = await simulator();
    const client = tmi(twitch);
    const { host, port } = twitch.chatUrl;
    expect(await client.connect()).toEqual([host, port]);
    expect(client.getUsername()).toBe('pertybot');
    expect(await client.join('perty')).toEqual(['#perty']);
    expect(client.getChannels()).toEqual(['#perty']);

    const heard = once(emitterOf(client), 'chat');
    const as = { login: 'viewer', displayName: 'Viewer', roles: ['moderator'], months: 3 } as const;
    const { id } = twitch.chat.say({ channel: 'perty', as, text: '!lamp on' });
    const [channel, tags, text, self] = await heard;
    expect([channel, text, self]).toEqual(['#perty', '!lamp on', false]);
    expect(tags).toMatchObject({
      id,
      mod: true,
      'display-name': 'Viewer',
      username: 'viewer',
      badges: { moderator: '1', subscriber: '3' },
    });

    const sent = twitch.chat.waitFor('message');
    await client.say('perty', 'the lamp is on');
    expect(await sent).toMatchObject({ login: 'pertybot', text: 'the lamp is on', action: false });
    const acted = twitch.chat.waitFor('message');
    await client.action('perty', 'glows');
    expect(await acted).toMatchObject({ text: 'glows', action: true });

    expect(await client.ping()).toEqual([expect.any(Number)]);
    expect(await client.part('perty')).toEqual(['#perty']);
    const gone = twitch.chat.waitFor('disconnect');
    await client.disconnect();
    expect((await gone).login).toBe('pertybot');
  });

  it('joins its own list of channels after the login', async () => {
    const twitch = await simulator();
    await tmi(twitch, { channels: ['one', 'two'] }).connect();
    await twitch.chat.until(() => twitch.chat.joined('one') && twitch.chat.joined('two'));
    expect(twitch.chat.sessions).toHaveLength(1);
  });

  it('answers the server’s PING', async () => {
    const twitch = await simulator();
    await tmi(twitch).connect();
    const pong = twitch.chat.waitFor('pong');
    twitch.chat.ping();
    expect((await pong).session.login).toBe('pertybot');
  });

  it('understands every kind of event', async () => {
    const twitch = await simulator();
    const client = tmi(twitch);
    await client.connect();
    await client.join('perty');
    const names: string[] = [];
    const kinds = [
      'subscription',
      'resub',
      'subgift',
      'submysterygift',
      'raided',
      'usernotice',
      'cheer',
      'redeem',
      'timeout',
      'ban',
      'clearchat',
      'messagedeleted',
      'slowmode',
      'notice',
      'whisper',
    ];
    for (const kind of kinds) emitterOf(client).on(kind, () => names.push(kind));
    const chat = twitch.chat;
    const [channel, as] = ['perty', { login: 'ann', displayName: 'Ann' }];
    chat.usernotice({ channel, type: 'sub', as });
    chat.usernotice({ channel, type: 'resub', as, months: 5 });
    chat.usernotice({ channel, type: 'subgift', as, recipient: { login: 'bob' } });
    chat.usernotice({ channel, type: 'submysterygift', as, count: 3 });
    chat.usernotice({ channel, type: 'raid', as, viewers: 12 });
    chat.usernotice({ channel, type: 'announcement', as, text: 'hear' });
    const { id } = chat.say({ channel, as, text: 'cheer100', bits: 100 });
    chat.say({ channel, as, text: 'please', customRewardId: 'reward' });
    chat.clearchat({ channel, login: 'ann', duration: 5 });
    chat.clearchat({ channel, login: 'ann' });
    chat.clearchat({ channel });
    chat.clearmsg({ channel, id });
    chat.roomstate({ channel, slow: '30' });
    chat.notice({ channel, msgId: 'msg_slowmode' });
    const whispered = once(emitterOf(client), 'whisper');
    chat.whisper({ from: 'ann', to: 'pertybot', text: 'psst' });
    await whispered;
    expect(names).toEqual(kinds);
  });

  it.each([
    'Login authentication failed',
    'Login unsuccessful',
    'Error logging in',
    'Improperly formatted auth',
  ])('gives up when it is refused: %s', async (notice) => {
    const twitch = await simulator();
    twitch.chat.faults.refuseLogins(notice);
    await expect(tmi(twitch).connect()).rejects.toBe(notice);
  });

  it('asks for its password again when it is sent away with RECONNECT', async () => {
    const twitch = await simulator();
    let asked = 0;
    const client = tmi(twitch, {
      connection: {
        server: twitch.chatUrl.host,
        port: twitch.chatUrl.port,
        secure: false,
        reconnect: false,
        reconnectInterval: 50,
      },
      identity: {
        username: 'pertybot',
        password: async () => {
          asked += 1;
          return twitch.id.issueToken({ login: 'pertybot' }).accessToken;
        },
      },
    });
    await client.connect();
    const again = twitch.chat.waitFor('login');
    twitch.chat.faults.reconnect();
    await again;
    expect(asked).toBe(2);
  });

  it('loses its new connection when the old one closes late', async () => {
    const twitch = await simulator();
    const { host: server, port } = twitch.chatUrl;
    const client = tmi(twitch, {
      connection: { server, port, secure: false, reconnect: false, reconnectInterval: 50 },
    });
    await client.connect();
    // tmi.js loses sight of these, too, and would never stop them.
    const { pingLoop: firstPings } = client as unknown as { pingLoop: NodeJS.Timeout };
    const [oldSession] = twitch.chat.sessions;
    const again = twitch.chat.waitFor('login');
    const late = twitch.chat.waitFor('disconnect', ({ session }) => session === oldSession);
    const lost = once(emitterOf(client), 'disconnected');
    twitch.chat.faults.reconnect({ lateClose: 400 });
    const { session } = await again;
    await Promise.all([late, lost]);
    // The fault of tmi.js that a bot must guard against: it lives on, and does not know it.
    expect(session.open).toBe(true);
    expect(client.readyState()).toBe('CLOSED');
    session.terminate();
    clearInterval(firstPings);
  });
});
