import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { createTmiClient } from '../../src/tmi/tmi-client.js';

/** Reads the text of a short masked frame, as WebSocket clients send them. */
function unmask(frame: Buffer): string {
  const length = (frame[1] ?? 0) & 0x7f;
  const mask = frame.subarray(2, 6);
  return Buffer.from(
    frame.subarray(6, 6 + length).map((byte, at) => byte ^ (mask[at % 4] ?? 0)),
  ).toString();
}

test('a token with capitals goes out as it is', async () => {
  const server = createServer();
  const password = new Promise<string>((resolve) => {
    server.on('upgrade', ({ headers }, socket) => {
      const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
      const accept = createHash('sha1')
        .update(`${headers['sec-websocket-key']}${magic}`)
        .digest('base64');
      socket.write(
        [
          'HTTP/1.1 101 Switching Protocols',
          'Upgrade: websocket',
          'Connection: Upgrade',
          'Sec-WebSocket-Protocol: irc',
          `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
        ].join('\r\n'),
      );
      let bytes = Buffer.alloc(0);
      socket.on('data', (data) => {
        bytes = Buffer.concat([bytes, data]);
        for (let at = 0; at + 6 < bytes.length; ) {
          const text = unmask(bytes.subarray(at));
          if (text.startsWith('PASS')) {
            resolve(text);
            socket.destroy();
          }
          at += 6 + ((bytes[at + 1] ?? 0) & 0x7f);
        }
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address of this form.
  const { port } = server.address() as AddressInfo;
  const token = 'MixedCaseToken123';
  const client = createTmiClient({
    server: '127.0.0.1',
    port,
    secure: false,
    login: 'pertybot',
    token,
    socket: { frame() {}, fault() {} },
  });
  client.connect().catch(() => {});
  expect(await password).toBe(`PASS oauth:${token}`);
  server.close();
});

test('the retired emote API is never asked, which would take the token along', () => {
  const socket = { frame() {}, fault() {} };
  const target = { server: '127.0.0.1', port: 1, secure: false, login: 'x', token: 't', socket };
  let asked = 0;
  const client = Object.assign(createTmiClient(target), {
    _getToken: async () => {
      asked++;
      return '';
    },
  });
  client._onMessage({ data: '@emote-sets=0,300 :tmi.twitch.tv GLOBALUSERSTATE\r\n' });
  expect(asked).toBe(0);
});
