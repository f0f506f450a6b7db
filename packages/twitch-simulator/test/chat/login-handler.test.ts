import { describe, expect, it } from '@jest/globals';
import { post } from '../id/token-client.js';
import { simulator, TestClock } from '../simulator.js';
import { RawClient, tagsOf } from './raw-client.js';

describe('a login', () => {
  it('is welcomed line by line', async () => {
    const twitch = await simulator();
    const login = twitch.chat.waitFor('login');
    const client = await RawClient.join(twitch);
    expect((await login).login).toBe('pertybot');
    const globalState = client.lines.pop() ?? '';
    expect(client.lines).toEqual([
      ':tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands',
      ':tmi.twitch.tv 001 pertybot :Welcome, GLHF!',
      ':tmi.twitch.tv 002 pertybot :Your host is tmi.twitch.tv',
      ':tmi.twitch.tv 003 pertybot :This server is rather new',
      ':tmi.twitch.tv 004 pertybot :-',
      ':tmi.twitch.tv 375 pertybot :-',
      ':tmi.twitch.tv 372 pertybot :You are in a maze of twisty passages, all alike.',
      ':tmi.twitch.tv 376 pertybot :>',
    ]);
    expect(globalState).toMatch(/ :tmi\.twitch\.tv GLOBALUSERSTATE$/);
    expect(tagsOf(globalState)).toMatchObject({ 'user-id': '1001', 'display-name': 'PertyBot' });
  });

  it('answers with the subprotocol irc', async () => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    expect(client.socket.protocol).toBe('irc');
  });

  it.each([
    ['a token that was never issued', 'PASS oauth:guess', 'Login authentication failed'],
    ['a password without oauth:', 'PASS guess', 'Improperly formatted auth'],
    ['no password', 'PING', 'Improperly formatted auth'],
  ])('with %s is refused', async (_, first, notice) => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    const refused = twitch.chat.waitFor('loginRefused');
    client.send(first, 'NICK pertybot');
    expect(await client.heard('NOTICE')).toBe(`:tmi.twitch.tv NOTICE * :${notice}`);
    expect(await refused).toEqual({ login: 'pertybot', reason: notice });
    await client.closed;
    expect(twitch.chat.sessions).toHaveLength(0);
  });

  it('under a name that cannot be is refused', async () => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    client.send('PASS oauth:x', 'NICK perty-bot');
    expect(await client.heard('NOTICE')).toBe(':tmi.twitch.tv NOTICE * :Invalid NICK');
  });

  it.each([
    ['of another account', { login: 'streamer' }],
    ['without chat:read', { login: 'pertybot', scopes: ['chat:edit'] }],
    ['that has expired', { login: 'pertybot', expiresIn: 0 }],
  ])('with a token %s is refused', async (_, options) => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken(options);
    const client = await RawClient.open(twitch);
    client.send(`PASS oauth:${accessToken}`, 'NICK pertybot');
    expect(await client.heard('NOTICE')).toContain('Login authentication failed');
  });

  it('with an app token is refused in other words', async () => {
    const twitch = await simulator();
    const form = { client_id: 'demo', client_secret: 's3cret', grant_type: 'client_credentials' };
    const { json } = await post(twitch, 'token', { ...form, scope: 'chat:read' });
    const client = await RawClient.open(twitch);
    client.send(`PASS oauth:${String(json.access_token)}`, 'NICK pertybot');
    expect(await client.heard('NOTICE')).toContain('Login unsuccessful');
  });

  it('outlives its token', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now });
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    clock.pass(15_000);
    const message = twitch.chat.waitFor('message');
    client.send('PRIVMSG #perty :still here');
    expect((await message).text).toBe('still here');
  });

  it('may be anonymous, without a password', async () => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    client.send('CAP REQ :twitch.tv/tags twitch.tv/commands', 'NICK justinfan123', 'JOIN #perty');
    await client.heard('ROOMSTATE');
    expect(client.lines.join('\n')).not.toContain('USERSTATE');
    const dropped = twitch.chat.waitFor('dropped');
    client.send('PRIVMSG #perty :hello');
    expect((await dropped).reason).toBe('anonymous');
  });

  it('never shows its password in the line event', async () => {
    const twitch = await simulator();
    const lines: string[] = [];
    twitch.chat.on('line', ({ line }) => lines.push(line));
    const client = await RawClient.open(twitch);
    client.send('PASS oauth:guess', 'NICK pertybot');
    await client.heard('NOTICE');
    expect(lines).toEqual(['PASS ***', 'NICK pertybot']);
  });
});

describe('capabilities', () => {
  it('decide what a client gets to see', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send(`PASS oauth:${accessToken}`, 'NICK pertybot', 'JOIN #perty');
    await client.heard('366');
    twitch.chat.say({ channel: 'perty', as: { login: 'viewer' }, text: 'plain' });
    twitch.chat.usernotice({ channel: 'perty', type: 'raid', viewers: 3 });
    await client.settled();
    expect(await client.heard('PRIVMSG')).toMatch(/^:viewer!/);
    expect(client.lines.join('\n')).not.toMatch(/USERSTATE|ROOMSTATE|USERNOTICE/);
  });

  it('that do not exist are refused all together', async () => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    client.send('CAP REQ :twitch.tv/tags twitch.tv/time-travel');
    expect(await client.heard('CAP')).toBe(
      ':tmi.twitch.tv CAP * NAK :twitch.tv/tags twitch.tv/time-travel',
    );
    client.send('CAP LS 302');
    expect(await client.heard('CAP * LS')).toContain('twitch.tv/membership');
  });
});
