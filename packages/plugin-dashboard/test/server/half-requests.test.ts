import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Served } from '../served.js';

let served: Served;
let cookie: string;
beforeAll(async () => {
  served = await Served.start();
  cookie = await served.logIn('owner');
});
afterAll(() => served.stop());

/**
 * Sends bytes as they are.
 * @param waits whether the server ends the connection; else nobody will send more
 * @returns all that was answered until the connection ended
 */
async function sendRaw(bytes: string, waits = false): Promise<string> {
  const socket = connect(served.port, '127.0.0.1');
  let text = '';
  socket.on('error', () => {});
  socket.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  if (waits) socket.write(bytes);
  else socket.end(bytes);
  await closed;
  return text;
}

const statusOf = (answer: string) => /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
const host = () => `host: localhost:${served.port}\r\n`;
const close = 'connection: close\r\n';
const wish = (head: string, body = '') =>
  `POST /api/say HTTP/1.1\r\n${host()}origin: http://localhost:${served.port}\r\n` +
  `cookie: ${cookie}\r\ncontent-type: application/json\r\n${head}\r\n${body}`;

/** The page is there, and nothing was done. */
async function isUnmoved(): Promise<void> {
  expect((await served.send('/health')).status).toBe(200);
  expect(served.control.asked).toEqual([]);
}

describe('what is no request', () => {
  it.each([
    ['nothing', ''],
    ['an empty line', '\r\n\r\n'],
    ['noise', '\u0000\u0001\u0002\u0003\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a TLS hello', '\u0016\u0003\u0001\u0002\u0000\u0001'],
    ['half a line', 'GET /api/me HTT'],
    ['half a head', 'GET /api/me HTTP/1.1\r\nhost: localh'],
    ['no version', 'GET /api/me\r\n\r\n'],
    ['a strange method', 'LAMP / HTTP/1.1\r\nhost: localhost\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
    ['a folded header', 'GET / HTTP/1.1\r\nhost: a\r\n b\r\n\r\n'],
  ])('is answered by no more than a no: %s', async (_, bytes) => {
    const answer = await sendRaw(bytes);
    expect(['400', '403', undefined]).toContain(statusOf(answer));
    expect(answer).not.toContain('pertybot');
    await isUnmoved();
  });

  it('is a head as long as a book', async () => {
    const long = `x: ${'y'.repeat(20_000)}\r\n`;
    expect(statusOf(await sendRaw(`GET / HTTP/1.1\r\n${host()}${long}\r\n`))).toBe('431');
    const many = 'x: y\r\n'.repeat(5_000);
    const status = statusOf(await sendRaw(`GET / HTTP/1.1\r\n${host()}${many}\r\n`));
    expect(['431', undefined]).toContain(status);
    await isUnmoved();
  });
});

describe('half a wish', () => {
  it('does nothing, wherever it breaks off', async () => {
    const whole = wish(`${close}content-length: 16\r\n`, '{"text":"hello"}');
    const head = whole.indexOf('\r\n\r\n');
    for (const length of [20, head, head + 2, head + 4, head + 10, whole.length - 1]) {
      const answer = await sendRaw(whole.slice(0, length));
      expect(statusOf(answer)).not.toBe('200');
    }
    await isUnmoved();
    expect(statusOf(await sendRaw(whole, true))).toBe('200');
    expect(served.control.asked.splice(0)).toEqual(['say hello']);
  });

  it('does nothing where its length is a lie', async () => {
    for (const length of ['-1', '1e1', '0x10', '16, 17', '99999999999999999999', ' ', '+16']) {
      const answer = await sendRaw(wish(`content-length: ${length}\r\n`, '{"text":"hello"}'));
      expect(statusOf(answer)).not.toBe('200');
    }
    await isUnmoved();
  });

  it('does nothing where it has two lengths, as those have who smuggle', async () => {
    const chunked = 'transfer-encoding: chunked\r\n';
    for (const head of [
      `content-length: 16\r\n${chunked}`,
      'content-length: 16\r\ncontent-length: 17\r\n',
      'transfer-encoding: xchunked\r\n',
    ]) {
      const answer = await sendRaw(wish(head, '{"text":"hello"}'));
      expect(statusOf(answer)).not.toBe('200');
    }
    await isUnmoved();
  });

  it('does nothing where its pieces are none', async () => {
    const chunked = 'transfer-encoding: chunked\r\n';
    for (const body of ['ffffffffffffffff\r\n{', 'zz\r\n{}', '-1\r\n{}', '10\r\n{"text":"hel']) {
      const answer = await sendRaw(wish(chunked, body));
      expect(statusOf(answer)).not.toBe('200');
    }
    await isUnmoved();
  });
});

describe('many requests on one connection', () => {
  it('are answered each by itself, and none of those behind a wrong one', async () => {
    const look = `GET /health HTTP/1.1\r\n${host()}\r\n`;
    const last = `GET /health HTTP/1.1\r\n${host()}${close}\r\n`;
    const answer = await sendRaw(`${look}${look}${last}`, true);
    expect(answer.match(/\{"ok":true\}/g)).toHaveLength(3);
    const broken = await sendRaw(`NOISE\r\n\r\n${look}`);
    expect(broken).not.toContain('"ok"');
    await isUnmoved();
  });

  it('of which one is for another name are not all refused, nor all let in', async () => {
    const look = (name: string) => `GET /health HTTP/1.1\r\nhost: ${name}:${served.port}\r\n\r\n`;
    const answer = await sendRaw(
      `${look('localhost')}${look('evil.example')}${look('localhost')}`,
      true,
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403']);
  });
});

describe('a path', () => {
  it.each(['*', 'http://evil.example/', 'localhost:80', 'api/me', '?x'])(
    'is none of ours as %s',
    async (target) => {
      const answer = await sendRaw(`GET ${target} HTTP/1.1\r\n${host()}${close}\r\n`, true);
      expect(statusOf(answer)).toBe('400');
    },
  );

  it('that nobody can decode is not there, and breaks nothing', async () => {
    for (const target of [
      '/%',
      '/%zz',
      '/%c3%28',
      `/${'a'.repeat(9_000)}`,
      '/api/%00',
      '/;/../x',
    ]) {
      const answer = await sendRaw(`GET ${target} HTTP/1.1\r\n${host()}${close}\r\n`, true);
      expect([target, statusOf(answer)]).toEqual([target, '404']);
    }
    await isUnmoved();
  });
});

it('takes a body that does not tell its length, as scripts send it', async () => {
  const chunked = `transfer-encoding: chunked\r\n${close}`;
  const answer = await sendRaw(wish(chunked, 'd\r\n{"text":"hi"}\r\n0\r\n\r\n'), true);
  expect(statusOf(answer)).toBe('200');
  expect(served.control.asked.splice(0)).toEqual(['say hi']);
});
