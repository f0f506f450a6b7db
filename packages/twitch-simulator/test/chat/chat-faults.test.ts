import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import WebSocket from 'ws';
import { garbageLines } from '../../src/index.js';
import { atEnd, simulator } from '../simulator.js';
import { RawClient } from './raw-client.js';

describe('the faults of the chat side', () => {
  it.each([
    'Login authentication failed',
    'Login unsuccessful',
    'Improperly formatted auth',
    'Invalid NICK',
    'Error logging in',
  ])('refuse a good login: %s', async (notice) => {
    const twitch = await simulator();
    twitch.chat.faults.refuseLogins(notice);
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send(`PASS oauth:${accessToken}`, 'NICK pertybot');
    expect(await client.heard('NOTICE')).toBe(`:tmi.twitch.tv NOTICE * :${notice}`);
    await client.closed;
    await RawClient.join(twitch);
  });

  it('leave the connection open after a refusal when told to', async () => {
    const twitch = await simulator();
    twitch.chat.faults.closesAfterRefusal = false;
    const client = await RawClient.open(twitch);
    client.send('PASS oauth:guess', 'NICK pertybot');
    await client.heard('NOTICE');
    await client.settled();
    expect(twitch.chat.sessions).toHaveLength(1);
  });

  it.each([
    ['close', 1001],
    ['terminate', 1006],
  ] as const)('drop connections by %s', async (how, code) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    twitch.chat.faults.drop(how);
    expect(await client.closed).toBe(code);
  });

  it('stall an upgrade: TCP is open, the WebSocket never', async () => {
    const twitch = await simulator();
    const undo = twitch.chat.faults.refuseAllUpgrades('stall');
    const { host, port } = twitch.chatUrl;
    const socket = createConnection({ host, port });
    atEnd(() => socket.destroy());
    const heard: Buffer[] = [];
    socket.on('data', (data: Buffer) => heard.push(data));
    socket.write(
      'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await sleep(100);
    expect([heard.length, socket.closed]).toEqual([0, false]);
    const cut = once(socket, 'close');
    undo();
    await cut;
    await RawClient.join(twitch);
  });

  it.each([
    ['drop', 'socket hang up'],
    [{ status: 503 }, 'Unexpected server response: 503'],
  ] as const)('refuse an upgrade: %j', async (fault, message) => {
    const twitch = await simulator();
    twitch.chat.faults.refuseUpgrades(fault);
    const socket = new WebSocket(twitch.chatUrl.url, 'irc');
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain(message);
    await RawClient.join(twitch);
  });

  it('fall silent: nothing is answered, but a close is', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    twitch.chat.faults.silence();
    client.send('PING', 'PRIVMSG #perty :hello?');
    client.socket.ping();
    twitch.chat.say({ channel: 'perty', as: { login: 'viewer' }, text: 'unheard' });
    client.socket.close(1000);
    expect(await client.closed).toBe(1000);
    expect(client.lines).toEqual([]);
    expect(twitch.chat.messages).toHaveLength(0);
  });

  it('freeze a connection: not even a close is answered', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    twitch.chat.faults.freeze();
    expect(twitch.chat.joined('perty')).toBe(false);
    client.socket.close(1000);
    expect(await Promise.race([client.closed, sleep(150, 'open')])).toBe('open');
    await RawClient.join(twitch, 'pertybot', 'perty');
    expect(twitch.chat.members('perty')).toEqual(['pertybot']);
  });

  it('send RECONNECT and close some time later', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    twitch.chat.faults.reconnect({ closeAfter: 20 });
    expect(await client.heard('RECONNECT')).toBe(':tmi.twitch.tv RECONNECT');
    expect(await client.closed).toBe(1001);
  });

  it('answer the close after RECONNECT late', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    twitch.chat.faults.reconnect({ lateClose: 200 });
    await client.heard('RECONNECT');
    const asked = performance.now();
    client.socket.close(1000);
    expect(await client.closed).toBe(1000);
    expect(performance.now() - asked).toBeGreaterThan(150);
  });

  it('send garbage and cut lines', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.forget();
    twitch.chat.faults.garbage();
    const line = { command: 'PRIVMSG', parameters: ['#perty'], text: 'whole' };
    twitch.chat.faults.cut(line, 20);
    await client.settled();
    expect(client.frames.slice(0, -2)).toEqual(garbageLines.map((each) => `${each}\r\n`));
    expect(client.frames.at(-2)).toBe(':tmi.twitch.tv PRIVM');
  });

  it('send lines twice', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    twitch.chat.faults.duplicateNext();
    twitch.chat.say({ channel: 'perty', as: { login: 'viewer' }, text: 'again' });
    twitch.chat.say({ channel: 'perty', as: { login: 'viewer' }, text: 'once' });
    await client.settled();
    const texts = client.lines.flatMap((line) => /PRIVMSG #perty :(.*)$/.exec(line)?.[1] ?? []);
    expect(texts).toEqual(['again', 'again', 'once']);
    expect(client.lines[0]).toBe(client.lines[1]);
  });

  it('are over at clear', async () => {
    const twitch = await simulator();
    twitch.chat.faults.refuseLogins('Login unsuccessful', 5);
    twitch.chat.faults.refuseUpgrades('drop', 5);
    twitch.chat.faults.refuseMessages('perty', 'msg_slowmode', 5);
    twitch.chat.faults.duplicateNext(5);
    twitch.chat.faults.clear();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send('PRIVMSG #perty :hello');
    await client.settled();
    expect(twitch.chat.messages).toHaveLength(1);
  });
});
