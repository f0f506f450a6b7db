import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { atEnd, simulator } from '../simulator.js';
import { RawClient } from './raw-client.js';

/** A TCP connection to the chat side, whose ends are closed one at a time. */
async function connect(twitch: TwitchSimulator): Promise<Socket> {
  const { host, port } = twitch.chatUrl;
  const socket = createConnection({ host, port, allowHalfOpen: true });
  socket.on('error', () => undefined);
  atEnd(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

const upgrade =
  'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
  'Sec-WebSocket-Protocol: irc\r\n\r\n';

/** A masked frame with a short text, as clients send them; the mask is zero. */
function frame(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]);
}

describe('a client that keeps no order', () => {
  it('gets nothing of a channel before it is logged in', async () => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    client.send('JOIN #perty', 'PRIVMSG #perty :too early', 'PART #perty', 'WHO #perty');
    await client.settled();
    expect(client.lines.filter((line) => !line.includes('PONG'))).toEqual([]);
    expect([twitch.chat.joined('perty'), twitch.chat.messages.length]).toEqual([false, 0]);
  });

  it('is refused when its name comes before its password', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send('NICK pertybot', `PASS oauth:${accessToken}`);
    expect(await client.heard('NOTICE')).toContain('Improperly formatted auth');
    await client.closed;
  });

  it('is logged in by the last of several passwords, and by its first name', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send('PASS oauth:wrong', `PASS oauth:${accessToken}`, 'NICK pertybot', 'NICK streamer');
    await client.heard(' 376 ');
    await client.settled();
    expect(twitch.chat.sessions.map(({ login }) => login)).toEqual(['pertybot']);
    expect(client.lines.filter((line) => line.includes(' 001 '))).toHaveLength(1);
  });

  it('is refused once, however often it tries on the same connection', async () => {
    const twitch = await simulator();
    twitch.chat.faults.closesAfterRefusal = false;
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send('PASS oauth:wrong', 'NICK pertybot');
    client.send(`PASS oauth:${accessToken}`, 'NICK pertybot');
    await client.settled();
    expect(client.lines.filter((line) => line.includes('NOTICE'))).toHaveLength(1);
    expect(client.lines.join('\n')).not.toContain(' 001 ');
  });

  it('joins and leaves what it is in or not, as often as it likes', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.send('PART #perty', 'JOIN #perty', 'JOIN #perty,#perty', 'PART #perty,#perty');
    await client.settled();
    expect(twitch.chat.joined('perty')).toBe(false);
    expect(client.lines.filter((line) => line.endsWith(' PART #perty'))).toHaveLength(1);
  });

  it('may write where it has not joined, as on Twitch', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.send('PRIVMSG #perty :from outside');
    await client.settled();
    expect(twitch.chat.messages.map(({ text }) => text)).toEqual(['from outside']);
  });

  it.each(['WHO #perty', 'constructor', '__proto__ x', 'toString', 'TIME'])(
    'is told that %j is no command',
    async (line) => {
      const twitch = await simulator();
      const client = await RawClient.join(twitch);
      client.send(line);
      const command = line.split(' ')[0]?.toUpperCase();
      expect(await client.heard(' 421 ')).toBe(
        `:tmi.twitch.tv 421 pertybot ${command} :Unknown command`,
      );
    },
  );

  it.each([
    '',
    ' ',
    ':',
    '@',
    '@a',
    ':x',
    '\u0000',
    '\r\n\r\n',
    'PRIVMSG',
    'JOIN',
    'PART #',
    'CAP',
  ])('is not cut off for %j', async (line) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send(line);
    await client.settled();
    expect(twitch.chat.members('perty')).toEqual(['pertybot']);
  });

  it.each([
    ':x PASS oauth:secret',
    '@a=b PASS oauth:secret',
    '  PASS oauth:secret',
    'pass  oauth:secret',
    'PASS :oauth:secret',
    'PASS',
  ])('never has its password shown: %j', async (line) => {
    const twitch = await simulator();
    const lines: string[] = [];
    twitch.chat.on('line', (event) => lines.push(event.line));
    const client = await RawClient.open(twitch);
    client.send(line);
    await client.settled();
    expect(lines[0]).toBe('PASS ***');
    expect(lines.join()).not.toContain('secret');
  });

  it('is told by QUIT that it goes', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send('QUIT :bye');
    expect(await client.closed).toBe(1000);
    expect(twitch.chat.joined('perty')).toBe(false);
  });
});

describe('a frame', () => {
  it('may hold many lines, ended in any way', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.send('JOIN #one\r\nJOIN #two\nJOIN #three\rJOIN #four');
    await client.settled();
    const channels = [...(twitch.chat.sessions[0]?.channels ?? [])];
    expect(channels).toEqual(['one', 'two', 'three', 'four']);
  });

  it('may be binary, and is read as UTF-8', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.socket.send(Buffer.from('PRIVMSG #perty :Grüße 🎉'));
    await client.settled();
    expect(twitch.chat.messages[0]?.text).toBe('Grüße 🎉');
  });

  it('may be empty', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.socket.send('');
    client.socket.send(Buffer.alloc(0));
    await client.settled();
    expect(twitch.chat.joined('perty')).toBe(true);
  });

  it('may hold a line of a million characters, which is dropped', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const dropped = twitch.chat.waitFor('dropped');
    client.send(`PRIVMSG #perty :${'x'.repeat(1_000_000)}`);
    expect((await dropped).reason).toBe('too-long');
    client.send(`@${'a=b;'.repeat(250_000)} PRIVMSG #perty :with many tags`);
    client.send(`${'X'.repeat(1_000_000)} #perty`);
    await client.settled();
    expect(twitch.chat.messages.map(({ text }) => text)).toEqual(['with many tags']);
  });

  it.each([
    ['x'.repeat(500), 1],
    ['x'.repeat(501), 0],
    ['🎉'.repeat(500), 1],
    ['🎉'.repeat(501), 0],
  ])('carries a text of Twitch’s length, counted in characters (%#)', async (text, shown) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send(`PRIVMSG #perty :${text}`);
    await client.settled();
    expect(twitch.chat.messages).toHaveLength(shown);
  });
});

describe('a socket below the WebSocket', () => {
  it('that sends a plain request is told what this is', async () => {
    const twitch = await simulator();
    const { host, port } = twitch.chatUrl;
    const answer = await fetch(`http://${host}:${port}/`);
    expect([answer.status, await answer.text()]).toEqual([426, 'Chat speaks WebSocket.\n']);
  });

  it('that closes its half in the middle of the upgrade is let go', async () => {
    const twitch = await simulator();
    const socket = await connect(twitch);
    socket.end(upgrade.slice(0, 60));
    socket.resume();
    await once(socket, 'close');
    await RawClient.join(twitch);
  });

  it('that closes its half after the upgrade is a connection that is over', async () => {
    const twitch = await simulator();
    const socket = await connect(twitch);
    socket.resume();
    const opened = twitch.chat.waitFor('connect');
    socket.write(upgrade);
    await opened;
    const gone = twitch.chat.waitFor('disconnect');
    socket.end();
    expect((await gone).code).toBe(1006);
    expect(twitch.chat.sessions).toEqual([]);
  });

  it('that is reset in the middle of a frame takes no line of it along', async () => {
    const twitch = await simulator();
    const lines: string[] = [];
    twitch.chat.on('line', ({ line }) => lines.push(line));
    const socket = await connect(twitch);
    const opened = twitch.chat.waitFor('connect');
    socket.write(upgrade);
    await opened;
    const heard = twitch.chat.waitFor('line');
    socket.write(frame('JOIN #whole'));
    await heard;
    const gone = twitch.chat.waitFor('disconnect');
    socket.write(frame('JOIN #half').subarray(0, 9));
    socket.resetAndDestroy();
    await gone;
    expect(lines).toEqual(['JOIN #whole']);
  });

  it('that speaks no WebSocket after the upgrade is closed, and no other with it', async () => {
    const twitch = await simulator();
    const other = await RawClient.join(twitch, 'streamer', 'perty');
    const socket = await connect(twitch);
    socket.resume();
    const opened = twitch.chat.waitFor('connect');
    socket.write(upgrade);
    await opened;
    const gone = twitch.chat.waitFor('disconnect');
    socket.on('end', () => socket.end());
    socket.write('NICK pertybot\r\n');
    await gone;
    await other.settled();
    expect(twitch.chat.members('perty')).toEqual(['streamer']);
  });

  it('that stays half-open does not keep the simulator from stopping', async () => {
    const twitch = await simulator();
    const sockets = await Promise.all(Array.from({ length: 20 }, () => connect(twitch)));
    for (const [index, socket] of sockets.entries()) {
      socket.resume();
      socket.write(index % 2 === 0 ? upgrade : 'GET / HTTP/1.1\r\nHost: x\r\n');
    }
    await twitch.chat.until(() => twitch.chat.sessions.length === 10);
    twitch.chat.faults.freeze();
    const closed = sockets.map((socket) => new Promise((resolve) => socket.on('close', resolve)));
    await twitch.stop();
    for (const socket of sockets) socket.end();
    await Promise.all(closed);
  });
});
