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
