import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLogger } from '@pertybot/core/host';
import { selfSigned } from '../../../twitch-simulator/test/browser/self-signed.js';
import type { PageRole } from '../../src/auth/role.js';
import { servePage } from '../../src/serve-page.js';
import { PageDesk } from '../../src/server/page-desk.js';
import { whoAsks } from '../../src/server/who-asks.js';
import { FakeControl } from '../fake-control.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'page-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

const times = { now: Date.now, monotonic: () => 0 };

describe('who asks from where', () => {
  /** As whom somebody counts who comes from an address with a session of a role. */
  async function roleFrom(remoteAddress: string, role: PageRole, secure = false) {
    const options = { control: new FakeControl(), stateFolder: folder, ...times };
    const desk = await PageDesk.open(options, 'http://bot.local:7272/');
    const cookie = `pertybot-7272=${await desk.sessions.begin(role)}`;
    const socket = { remoteAddress, localPort: 7272 };
    // Of a request, no more is looked at.
    const asked = { socket, headers: { cookie } } as unknown as IncomingMessage;
    return whoAsks(asked, desk, secure);
  }

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
    'is the owner at %s, which is this machine',
    async (address) => {
      expect((await roleFrom(address, 'owner')).role).toBe('owner');
    },
  );

  it.each(['192.168.1.7', 'fe80::1', '::ffff:192.168.1.7', '10.127.0.1', '', '1270.0.0.1'])(
    'is operator at most at "%s", where others may read along',
    async (address) => {
      const { role, limited } = await roleFrom(address, 'owner');
      expect(role).toBe('operator');
      expect(limited).toMatch(/Without https/);
      expect(await roleFrom(address, 'viewer')).toMatchObject({ role: 'viewer' });
    },
  );

  it('is the owner everywhere by https', async () => {
    expect((await roleFrom('192.168.1.7', 'owner', true)).role).toBe('owner');
  });
});

describe('the page by https', () => {
  function send(port: number, target: string, headers: Record<string, string> = {}) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const host = `localhost:${port}`;
      const options = { host: '127.0.0.1', port, path: target, rejectUnauthorized: false };
      request({ ...options, headers: { host, ...headers } }, (answer) => {
        answer.resume();
        resolve(answer);
      })
        .on('error', reject)
        .end();
    });
  }

  it('takes the certificate that is set, and gives cookies to no plain connection', async () => {
    const [cert, key] = [path.join(folder, 'a.crt'), path.join(folder, 'a.key')];
    await writeFile(cert, selfSigned.cert);
    await writeFile(key, selfSigned.key);
    const page = await servePage({
      config: { host: '127.0.0.1', names: [], cert, key },
      control: new FakeControl(),
      logger: silentLogger,
      stateFolder: folder,
    });
    try {
      const { protocol, port, pathname, search } = new URL(page.desk.link('owner'));
      expect(protocol).toBe('https:');
      const login = await send(Number(port), `${pathname}${search}`);
      const [cookie = ''] = login.headers['set-cookie'] ?? [];
      expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Secure$/);
      const headers = { cookie: cookie.split(';')[0] ?? '' };
      expect((await send(Number(port), '/api/keys', headers)).statusCode).toBe(200);
      const plain = { ...headers, origin: `http://localhost:${port}` };
      expect((await send(Number(port), '/api/keys', plain)).statusCode).toBe(403);
    } finally {
      await page.stop();
    }
  });

  it('says in a sentence that its certificate cannot be read', async () => {
    const config = { host: '127.0.0.1', names: [], cert: '/nowhere', key: '/nowhere' };
    const options = { config, control: new FakeControl(), logger: silentLogger };
    await expect(servePage({ ...options, stateFolder: folder })).rejects.toMatchObject({
      code: 'PAGE_CERTIFICATE_UNREADABLE',
    });
  });
});
