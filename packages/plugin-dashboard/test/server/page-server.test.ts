import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setPassword } from '../../src/auth/passwords.js';
import { Served } from '../served.js';

let served: Served;
beforeEach(async () => {
  served = await Served.start();
});
afterEach(() => served.stop());

const wishes: readonly (readonly [string, object])[] = [
  ['/api/estop', { engage: true }],
  ['/api/drive', { gadget: 'lamp', action: 'on' }],
  ['/api/say', { text: 'hello' }],
  ['/api/restart', { plugin: 'irc' }],
  ['/api/switch', { plugin: 'irc', enabled: false }],
  ['/api/plugins/add', { plugin: ' mqtt ' }],
  ['/api/plugins/remove', { plugin: 'irc' }],
  ['/api/logins', { account: 'bot' }],
  ['/api/file', { text: 'x', was: 'y' }],
  ['/api/invite', { role: 'viewer' }],
  ['/api/keys', {}],
];

describe('the page of a bot', () => {
  it('shows nobody anything without a session, and does nothing for him', async () => {
    for (const target of [
      '/events',
      '/api/file',
      '/api/file/schema',
      '/api/logins',
      '/api/keys',
      '/metrics',
      '/overlay/events',
    ]) {
      expect((await served.send(target)).status).toBe(401);
    }
    for (const [target, body] of wishes) expect((await served.wish(target, body)).status).toBe(401);
    expect(JSON.parse((await served.send('/health')).text)).toEqual({ ok: true });
    expect(served.control.asked).toEqual([]);
  });

  it('does for the owner what the owner asks', async () => {
    const cookie = await served.logIn();
    for (const [target, body] of wishes) {
      expect((await served.wish(target, body, cookie)).status).toBe(200);
    }
    expect(served.control.asked).toEqual([
      'stop by the page',
      'drive lamp on',
      'say hello',
      'restart irc',
      'switch irc false',
      'add mqtt',
      'remove irc',
      'login bot here',
      'save x',
    ]);
  });

  it('lets a viewer look and an operator drive, and no more', async () => {
    const [viewer, operator] = [await served.logIn('viewer'), await served.logIn('operator')];
    const allowed = async (cookie: string) => {
      const answers = await Promise.all(wishes.map(([at, body]) => served.wish(at, body, cookie)));
      return answers.filter(({ status }) => status === 200).length;
    };
    expect(await allowed(viewer)).toBe(0);
    expect(await allowed(operator)).toBe(3);
    expect((await served.send('/metrics', { headers: { cookie: viewer } })).status).toBe(200);
    expect((await served.send('/api/file', { headers: { cookie: operator } })).status).toBe(403);
  });

  it('lets the bearer of a link in once, under an id that nobody knew before', async () => {
    const { pathname, search } = new URL(served.page.desk.link('owner'));
    const fixed = `pertybot-${served.port}=${'a'.repeat(43)}`;
    const first = await served.send(`${pathname}${search}`, { headers: { cookie: fixed } });
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('aaaa');
    expect((await served.send('/events', { headers: { cookie: fixed } })).status).toBe(401);
    const again = await served.send(`${pathname}${search}`);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.headers.location).toBe('/?link=spent');
  });

  it('ends the session with which somebody logs in anew', async () => {
    const old = await served.logIn('viewer');
    await served.logIn('owner', old);
    expect((await served.send('/metrics', { headers: { cookie: old } })).status).toBe(401);
  });

  it('takes a password, and makes whoever guesses wait', async () => {
    await setPassword(served.folder, 'operator', 'correct horse');
    const right = await served.wish('/api/login', { password: 'correct horse' });
    expect(right.status).toBe(200);
    const wrong = () => served.wish('/api/login', { password: 'incorrect' });
    const tried = await Promise.all(Array.from({ length: 12 }, wrong));
    const statuses = tried.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
    expect(statuses).toContain(429);
    expect((await served.wish('/api/login', { password: 'correct horse' })).status).toBe(429);
  });

  it('refuses forms and scripts of other sites, with a session or without', async () => {
    const cookie = await served.logIn();
    const body = JSON.stringify({ engage: false });
    const from = (headers: Record<string, string>) =>
      served.send('/api/estop', { method: 'POST', headers: { cookie, ...headers } }, body);
    const json = { 'content-type': 'application/json' };
    expect((await from({ ...json, origin: 'http://evil.example' })).status).toBe(403);
    expect((await from({ ...json, origin: 'null' })).status).toBe(403);
    expect((await from(json)).status).toBe(403);
    const origin = `http://localhost:${served.port}`;
    expect((await from({ origin, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await from({ origin, ...json, host: `evil.example:${served.port}` })).status).toBe(403);
    expect(served.control.asked).toEqual([]);
  });

  it('gives its stream to no other site and to no other name', async () => {
    const cookie = await served.logIn();
    const ask = (headers: Record<string, string>) =>
      served.send('/events', { headers: { cookie, ...headers } });
    expect((await ask({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask({ host: `evil.example:${served.port}` })).status).toBe(403);
    expect((await ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' })).status).toBe(
      403,
    );
  });

  it('has the files of the page, and none beside them, however their path is written', async () => {
    await writeFile(path.join(served.folder, 'secret.json'), '{}');
    const { status, headers, text } = await served.send('/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('main.js');
    const paths = [
      '/../bundled.json',
      '/..%2fbundled.json',
      '/%2e%2e/bundled.json',
      '/..\\bundled.json',
      '/....//bundled.json',
      '/./index.html%00.js',
      '//etc/passwd',
      '/page.json',
      '/pages/../main.js/',
    ];
    for (const target of paths) {
      expect((await served.send(target)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await served.send('http://evil.example/')).status).toBe(400);
  });

  it('forbids scripts and styles of others in whatever it answers', async () => {
    for (const target of ['/', '/nowhere', '/api/me', '/health', '/events', '/login']) {
      const { headers } = await served.send(target);
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; frame-ancestors 'none'/,
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('takes no body that is too large, no nonsense, and says so in a sentence', async () => {
    const cookie = await served.logIn();
    const large = await served.wish('/api/say', { text: 'x'.repeat(100_000) }, cookie);
    expect(large.status).toBe(413);
    const wrong = await served.wish('/api/drive', { gadget: 7 }, cookie);
    expect(wrong.status).toBe(400);
    const headers = {
      'content-type': 'application/json',
      origin: `http://localhost:${served.port}`,
      cookie,
    };
    const broken = await served.send('/api/say', { method: 'POST', headers }, '{"text":');
    expect(broken.status).toBe(400);
    expect(served.control.asked).toEqual([]);
  });

  it('shows the overlay and the metrics to who has their keys, until these are revoked', async () => {
    const { overlay, metrics } = served.page.desk.keys;
    expect((await served.send(`/metrics?key=${metrics}`)).text).toContain('pertybot_up 1');
    expect((await served.send(`/metrics?key=${overlay}`)).status).toBe(401);
    expect((await served.send(`/api/file?key=${metrics}`)).status).toBe(401);
    const cookie = await served.logIn();
    await served.wish('/api/keys', {}, cookie);
    expect((await served.send(`/metrics?key=${metrics}`)).status).toBe(401);
    expect((await served.send(`/overlay/events?key=${overlay}`)).status).toBe(401);
  });

  it('adds a stranger’s plugin only when the owner has agreed to what it shows', async () => {
    const cookie = await served.logIn();
    served.control.ask = 'pertybot-plugin-fan 1.0.0 by somebody';
    const add = async (body: object) =>
      JSON.parse((await served.wish('/api/plugins/add', body, cookie)).text);
    const first = await add({ plugin: 'pertybot-plugin-fan' });
    expect(first).toMatchObject({ done: false, ask: served.control.ask });
    expect(await add({ plugin: 'pertybot-plugin-fan', agreed: 'another' })).toMatchObject({
      done: false,
    });
    expect(served.control.asked).toEqual([]);
    const second = await add({ plugin: 'pertybot-plugin-fan', agreed: first.ask });
    expect(second.done).toBe(true);
    expect((await served.wish('/api/plugins/add', { plugin: '  ' }, cookie)).status).toBe(400);
  });

  it('makes a code that lets somebody in once, as what he is to be', async () => {
    const cookie = await served.logIn();
    const invite = await served.wish('/api/invite', { role: 'viewer' }, cookie);
    const { link, isHere } = JSON.parse(invite.text);
    expect(isHere).toBe(true);
    const { pathname, search } = new URL(link);
    const [guest = ''] = (await served.send(`${pathname}${search}`)).headers['set-cookie'] ?? [];
    const me = await served.send('/api/me', { headers: { cookie: guest.split(';')[0] ?? '' } });
    expect(JSON.parse(me.text)).toMatchObject({ role: 'viewer' });
    expect((await served.send(`${pathname}${search}`)).headers['set-cookie']).toBeUndefined();
    expect((await served.wish('/api/invite', { role: 'king' }, cookie)).status).toBe(400);
  });

  it('tells how the logins stand, and what may be written in plugins.yaml', async () => {
    const headers = { cookie: await served.logIn() };
    const logins = await served.send('/api/logins', { headers });
    expect(JSON.parse(logins.text)).toEqual({
      logins: [{ account: 'bot', well: true, lines: ['pertybot'] }],
    });
    expect((await served.send('/api/file/schema', { headers })).text).toContain('"prefix"');
  });

  it('says why the bot is not well, to who may know', async () => {
    served.control.current = { ...served.control.current, estop: '@alice in chat' };
    const { metrics } = served.page.desk.keys;
    expect(await served.send('/health')).toMatchObject({ status: 503, text: '{"ok":false}' });
    expect((await served.send(`/health?key=${metrics}`)).text).toContain('stopped by @alice');
  });

  it('serves what a plugin adds, behind the same session', async () => {
    await writeFile(path.join(served.folder, 'index.html'), '<h1>Score</h1>');
    const api = { score: () => ({ points: 7 }) };
    const undo = served.page.desk.add({ path: 'score', title: 'Score', files: served.folder, api });
    expect((await served.send('/pages/score/')).status).toBe(404);
    const cookie = await served.logIn('viewer');
    expect((await served.send('/pages/score/', { headers: { cookie } })).text).toBe(
      '<h1>Score</h1>',
    );
    const answer = await served.wish('/pages/score/api/score', {}, cookie);
    expect(JSON.parse(answer.text)).toEqual({ answer: { points: 7 } });
    expect((await served.wish('/pages/score/api/constructor', {}, cookie)).status).toBe(404);
    undo();
    expect((await served.send('/pages/score/', { headers: { cookie } })).status).toBe(404);
  });
});
