import { describe, expect, it } from '@jest/globals';
import { judgeRequest } from '../../src/auth/request-check.js';

const site = { secure: false, hosts: ['bot.local'] };

function judge(headers: Record<string, string>, method = 'GET') {
  const head = { method, headers, localAddress: '127.0.0.1', localPort: 7272 };
  return judgeRequest(head, site);
}

const host = 'localhost:7272';
const origin = `http://${host}`;

describe('judgeRequest', () => {
  it.each([host, '127.0.0.1:7272', 'bot.local:7272', 'LOCALHOST:7272'])(
    'takes what was sent to %s',
    (own) => {
      expect(judge({ host: own })).toBeUndefined();
    },
  );

  it.each([
    'evil.example:7272',
    'localhost.evil.example:7272',
    'localhost:80',
    'localhost',
    '127.0.0.2:7272',
    'localhost:7272@evil.example',
    '[::1]:7272',
    '',
    'localhost:7272 ',
  ])('refuses what was sent to "%s", as after DNS rebinding', (foreign) => {
    expect(judge({ host: foreign })).toMatch(/not the host/);
  });

  it('refuses what names no host', () => {
    expect(judge({})).toMatch(/not the host/);
  });

  it.each(['http://evil.example', 'null', 'http://localhost:1', 'https://localhost:7272'])(
    'refuses what comes from %s, whatever it asks',
    (foreign) => {
      expect(judge({ host, origin: foreign })).toMatch(/Another site/);
      expect(judge({ host, origin: foreign }, 'POST')).toMatch(/Another site/);
    },
  );

  it('changes nothing for who does not say where he comes from', () => {
    expect(judge({ host }, 'POST')).toMatch(/Another site/);
    expect(judge({ host, origin }, 'POST')).toBeUndefined();
  });

  it('lets a link of another site lead here, and nothing else of it', () => {
    const from = { host, 'sec-fetch-site': 'cross-site' };
    const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(judge({ ...from, ...link })).toBeUndefined();
    expect(judge({ ...from, ...link, 'sec-fetch-dest': 'iframe' })).toMatch(/Another site/);
    expect(judge({ ...from, 'sec-fetch-mode': 'no-cors' })).toMatch(/Another site/);
    expect(judge({ ...from, ...link, 'sec-fetch-site': 'same-site' })).toBeUndefined();
    expect(judge({ host, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
  });

  it('knows an IPv4 address as an IPv6 socket has it', () => {
    const headers = { host: '192.168.1.7:7272' };
    const head = { method: 'GET', headers, localAddress: '::ffff:192.168.1.7', localPort: 7272 };
    expect(judgeRequest(head, site)).toBeUndefined();
  });
});
