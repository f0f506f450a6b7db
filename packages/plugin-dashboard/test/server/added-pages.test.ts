import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddedPage } from '../../src/pages.js';
import { Served } from '../served.js';

let served: Served;
let files: string;
beforeEach(async () => {
  served = await Served.start();
  files = path.join(served.folder, 'site');
  await mkdir(path.join(files, 'deep'), { recursive: true });
  await writeFile(path.join(files, 'index.html'), '<h1>Score</h1>');
  await writeFile(path.join(files, 'deep', 'a.js'), '// a');
  await writeFile(path.join(files, 'notes.txt'), 'private');
  await symlink('/etc/hostname', path.join(files, 'link.html'));
});
afterEach(() => served.stop());

const add = (page: Partial<AddedPage> = {}) =>
  served.page.desk.add({ path: 'score', title: 'Score', files, ...page });

describe('pages that plugins add', () => {
  it('are what docs/page.md shows', async () => {
    const text = await readFile(path.join(__dirname, '../../../../docs/page.md'), 'utf8');
    const [, example = ''] = /```ts\n([\s\S]*?definePlugin[\s\S]*?)```/.exec(text) ?? [];
    const stopped: (() => void)[] = [];
    // The example itself runs, with what it imports put in its place.
    const body = example.replace(/^import .*$/gm, '').replace('export default', 'return');
    const definePlugin = (plugin: object) => plugin;
    const plugin = new Function('definePlugin', 'Pages', body)(definePlugin, Symbol('Pages'));
    const own = (page: AddedPage) => served.page.desk.add({ ...page, files });
    await plugin.start({ pages: { add: own }, onStop: (undo: () => void) => stopped.push(undo) });
    const cookie = await served.logIn('viewer');
    const shown = await served.send('/pages/score/', { headers: { cookie } });
    expect(shown.text).toBe('<h1>Score</h1>');
    const asked = await served.wish('/pages/score/api/score', {}, cookie);
    expect(JSON.parse(asked.text)).toEqual({ answer: { points: 7 } });
    for (const undo of stopped) undo();
    expect((await served.send('/pages/score/', { headers: { cookie } })).status).toBe(404);
  });

  it('have their files, and nothing beside them, however the path is written', async () => {
    add();
    const headers = { cookie: await served.logIn('viewer') };
    const get = (target: string) => served.send(`/pages/score/${target}`, { headers });
    expect((await get('deep/a.js')).headers['content-type']).toMatch(/javascript/);
    for (const target of [
      'notes.txt',
      'link.html',
      '../page.json',
      '..%2fpage.json',
      '%2e%2e/page.json',
      'deep/../../page.json',
      'deep',
      'deep/',
      '/etc/passwd',
      'index.html%00',
      'constructor',
    ]) {
      const { status, text } = await get(target);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(/private|"link"/);
    }
  });

  it('are behind the same headers, and loaded by nobody else', async () => {
    add();
    const headers = { cookie: await served.logIn('viewer') };
    const shown = await served.send('/pages/score/', { headers });
    expect(shown.headers['content-security-policy']).toMatch(/^default-src 'self'/);
    expect(shown.headers['x-frame-options']).toBe('DENY');
  });

  it('are for those whom their plugin names, and are not told of to others', async () => {
    const asked: unknown[] = [];
    const api = { score: (body: unknown, role: string) => asked.push([body, role]) };
    add({ role: 'operator', api });
    const [viewer, operator] = [await served.logIn('viewer'), await served.logIn('operator')];
    expect((await served.send('/pages/score/', { headers: { cookie: viewer } })).status).toBe(404);
    expect((await served.wish('/pages/score/api/score', {}, viewer)).status).toBe(404);
    expect((await served.wish('/pages/score/api/score', { a: 1 }, operator)).status).toBe(200);
    expect(asked).toEqual([[{ a: 1 }, 'operator']]);
    const me = await served.send('/api/me', { headers: { cookie: viewer } });
    expect(JSON.parse(me.text).pages).toEqual([]);
  });

  it('answer with a sentence when their plugin throws, and with 413 to too much', async () => {
    const api = {
      score: () => {
        throw new Error('The score is lost.');
      },
    };
    add({ api });
    const cookie = await served.logIn();
    const answer = await served.wish('/pages/score/api/score', {}, cookie);
    expect([answer.status, JSON.parse(answer.text).text]).toEqual([500, 'The score is lost.']);
    const large = await served.wish('/pages/score/api/score', { a: 'x'.repeat(20_000) }, cookie);
    expect(large.status).toBe(413);
    expect((await served.wish('/pages/score/api/__proto__', {}, cookie)).status).toBe(404);
  });

  it('have a path of their own, of letters, digits and dashes', () => {
    add();
    for (const wrong of ['score', '', '../up', 'a/b', 'A', '1st', 'a b']) {
      expect(() => add({ path: wrong })).toThrow(RangeError);
    }
  });

  it('say that their folder is not there', async () => {
    add({ files: path.join(served.folder, 'nowhere') });
    const headers = { cookie: await served.logIn('viewer') };
    expect((await served.send('/pages/score/', { headers })).status).toBe(500);
    expect((await served.send('/api/me', { headers })).status).toBe(200);
  });
});
