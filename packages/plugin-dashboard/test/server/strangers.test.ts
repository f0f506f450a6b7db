import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PageRole } from '../../src/auth/role.js';
import { Served } from '../served.js';

let served: Served;
const cookies: Partial<Record<PageRole, string>> = {};

beforeAll(async () => {
  served = await Served.start();
  for (const role of ['viewer', 'operator', 'owner'] as const) {
    cookies[role] = await served.logIn(role);
  }
});
afterAll(() => served.stop());
beforeEach(() => {
  served.control.asked.length = 0;
});

/** What may be wished for: its address, a wish as the page sends it, and who may. */
const wishes: readonly (readonly [target: string, body: object, role: PageRole])[] = [
  ['/api/estop', { engage: true }, 'operator'],
  ['/api/drive', { gadget: 'lamp', action: 'on' }, 'operator'],
  ['/api/say', { text: 'hello' }, 'operator'],
  ['/api/line', { text: 'alice: hi' }, 'operator'],
  ['/api/press', { gadget: 'bell' }, 'operator'],
  ['/api/restart', { plugin: 'irc' }, 'owner'],
  ['/api/switch', { plugin: 'irc', enabled: false }, 'owner'],
  ['/api/plugins/add', { plugin: 'mqtt' }, 'owner'],
  ['/api/plugins/remove', { plugin: 'irc' }, 'owner'],
  ['/api/file', { text: 'x', was: 'y' }, 'owner'],
  ['/api/file/check', { text: 'x' }, 'owner'],
  ['/api/logins', { account: 'bot' }, 'owner'],
  ['/api/invite', { role: 'viewer' }, 'owner'],
];

/** What may be looked at, and by whom. */
const looks: readonly (readonly [target: string, role: PageRole])[] = [
  ['/api/wiring', 'viewer'],
  ['/metrics', 'viewer'],
  ['/api/file', 'owner'],
  ['/api/file/schema', 'owner'],
  ['/api/logins', 'owner'],
  ['/api/keys', 'owner'],
];

const roles = ['viewer', 'operator', 'owner'] as const;
const origin = () => `http://localhost:${served.port}`;
const headersOf = (cookie?: string) => ({
  'content-type': 'application/json',
  origin: origin(),
  ...(cookie && { cookie }),
});

/** Sends a wish in a way of its own. */
const post = (target: string, headers: Record<string, string>, body = '{}') =>
  served.send(target, { method: 'POST', headers }, body);

describe.each(wishes)('the wish %s', (target, body, needed) => {
  it('is nobody’s who is not logged in', async () => {
    const { status, text } = await served.wish(target, body);
    expect([status, JSON.parse(text)]).toEqual([401, { done: false, text: 'Log in first.' }]);
    expect(served.control.asked).toEqual([]);
  });

  it('is for those who may, and the others are told who may', async () => {
    for (const role of roles) {
      const { status, text } = await served.wish(target, body, cookies[role]);
      const may = roles.indexOf(role) >= roles.indexOf(needed);
      expect([role, status]).toEqual([role, may ? 200 : 403]);
      if (!may) {
        expect(JSON.parse(text).text).toBe(`This is for the ${needed} alone. You are ${role}.`);
      }
    }
  });

  it('is nobody’s with a cookie that is none of ours', async () => {
    const real = cookies.owner?.split('=')[1] ?? '';
    const name = `pertybot-${served.port}`;
    for (const cookie of [
      `${name}=`,
      `${name}=${'a'.repeat(43)}`,
      `${name}=${real.slice(0, -1)}`,
      `${name}=${real}x`,
      `${name}=${real}"`,
      `${name}="${real}"`,
      `pertybot-${served.port + 1}=${real}`,
      `x${name}=${real}`,
      `${name}=${'a'.repeat(8_000)}`,
    ]) {
      expect((await served.wish(target, body, cookie)).status).toBe(401);
    }
    expect(served.control.asked).toEqual([]);
  });

  it('is not taken from another site, nor from who does not say where he is', async () => {
    const { origin: _, ...rest } = headersOf(cookies.owner);
    const text = JSON.stringify(body);
    for (const from of [
      'http://evil.example',
      `http://localhost:${served.port + 1}`,
      `https://localhost:${served.port}`,
      `http://localhost.evil.example:${served.port}`,
      'null',
      'file://',
    ]) {
      expect((await post(target, { ...rest, origin: from }, text)).status).toBe(403);
    }
    expect((await post(target, rest, text)).status).toBe(403);
    const cross = { ...headersOf(cookies.owner), 'sec-fetch-site': 'same-site' };
    expect((await post(target, cross, text)).status).toBe(403);
    expect(served.control.asked).toEqual([]);
  });

  it('is JSON that says so, and nothing that a form could send', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'text/json',
      '',
    ]) {
      const headers = { ...headersOf(cookies.owner), 'content-type': type };
      expect((await post(target, headers, JSON.stringify(body))).status).toBe(415);
    }
    for (const nonsense of ['', '{', '[]', 'null', '7', '"x"', '{"text":', '\u0000']) {
      expect((await post(target, headersOf(cookies.owner), nonsense)).status).toBe(400);
    }
    expect(served.control.asked).toEqual([]);
  });

  it('is not taken by another method', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status } = await served.send(target, { method, headers: headersOf(cookies.owner) });
      expect([method, status]).toEqual([method, 404]);
    }
    expect(served.control.asked).toEqual([]);
  });
});

describe.each(looks)('a look at %s', (target, needed) => {
  it('is for those who may look', async () => {
    expect((await served.send(target)).status).toBe(401);
    for (const role of roles) {
      const headers = { cookie: cookies[role] ?? '' };
      const { status } = await served.send(target, { headers });
      const may = roles.indexOf(role) >= roles.indexOf(needed);
      expect([role, status]).toEqual([role, may ? 200 : 403]);
    }
  });

  it('is not for another site, whose pages may lead here but not read', async () => {
    const cookie = cookies.owner ?? '';
    const ask = (headers: Record<string, string>) =>
      served.send(target, { headers: { cookie, ...headers } });
    expect((await ask({ origin: 'http://evil.example' })).status).toBe(403);
    for (const mode of ['cors', 'no-cors', 'same-origin']) {
      const sent = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode };
      expect((await ask(sent)).status).toBe(403);
    }
    expect((await ask({ host: `evil.example:${served.port}` })).status).toBe(403);
    expect((await ask({ host: 'localhost' })).status).toBe(403);
  });

  it('is kept by nobody on the way', async () => {
    const { headers } = await served.send(target, { headers: { cookie: cookies.owner ?? '' } });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a session', () => {
  it('is worth nothing after its end, for any wish', async () => {
    const cookie = await served.logIn('owner');
    expect((await served.wish('/api/logout', {}, cookie)).headers['set-cookie']?.[0]).toMatch(
      /=; Path=\/; Max-Age=0; HttpOnly; SameSite=Strict$/,
    );
    for (const [target, body] of wishes) {
      expect((await served.wish(target, body, cookie)).status).toBe(401);
    }
    for (const [target] of looks) {
      expect((await served.send(target, { headers: { cookie } })).status).toBe(401);
    }
    expect(served.control.asked).toEqual([]);
  });

  it('is ended by nobody of another site', async () => {
    const cookie = await served.logIn('owner');
    const headers = { ...headersOf(cookie), origin: 'http://evil.example' };
    expect((await post('/api/logout', headers)).status).toBe(403);
    expect((await served.send('/metrics', { headers: { cookie } })).status).toBe(200);
  });

  it('of one says who he is, and nothing of others', async () => {
    expect(JSON.parse((await served.send('/api/me')).text)).toEqual({ pages: [] });
    for (const role of roles) {
      const { text } = await served.send('/api/me', { headers: { cookie: cookies[role] ?? '' } });
      expect(JSON.parse(text)).toEqual({ role, pages: [] });
    }
  });
});
