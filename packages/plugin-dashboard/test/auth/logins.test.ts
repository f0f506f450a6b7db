import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AttemptLimit } from '../../src/auth/attempts.js';
import { makePageKeys, readPageKeys } from '../../src/auth/key-file.js';
import { roleOfPassword, setPassword } from '../../src/auth/passwords.js';
import { includes, lesser } from '../../src/auth/role.js';
import { Sessions } from '../../src/auth/sessions.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'page-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

describe('roles', () => {
  it('include those before them', () => {
    expect(includes('owner', 'viewer')).toBe(true);
    expect(includes('viewer', 'operator')).toBe(false);
    expect(lesser('owner', 'operator')).toBe('operator');
    expect(lesser('viewer', 'operator')).toBe('viewer');
  });
});

describe('the keys of a page', () => {
  it('are their owner’s alone; what signs links is new each time, what OBS has stays', async () => {
    const first = await makePageKeys(folder, 'http://localhost:1/');
    const { mode } = await stat(path.join(folder, 'page.json'));
    expect(mode & 0o777).toBe(0o600);
    const second = await makePageKeys(folder, 'http://localhost:2/');
    expect(second.link).not.toBe(first.link);
    expect(second.overlay).toBe(first.overlay);
    expect(await readPageKeys(folder)).toEqual(second);
  });
});

describe('passwords', () => {
  it('are known by a hash alone, each for its role', async () => {
    await setPassword(folder, 'operator', 'correct horse');
    await setPassword(folder, 'owner', 'battery staple');
    expect(await roleOfPassword(folder, 'correct horse')).toBe('operator');
    expect(await roleOfPassword(folder, 'battery staple')).toBe('owner');
    expect(await roleOfPassword(folder, 'correct hors')).toBeUndefined();
    expect(await roleOfPassword(folder, '')).toBeUndefined();
    const written = await readFile(path.join(folder, 'page-passwords.json'), 'utf8');
    expect(written).not.toMatch(/horse|staple/);
    await setPassword(folder, 'owner', undefined);
    expect(await roleOfPassword(folder, 'battery staple')).toBeUndefined();
  });

  it('let nobody in where there is none, nor one that is as long as a book', async () => {
    expect(await roleOfPassword(folder, 'anything')).toBeUndefined();
    expect(await roleOfPassword(folder, 'x'.repeat(1_000_000))).toBeUndefined();
  });
});

describe('AttemptLimit', () => {
  it('lets an address try five times, then makes it wait, longer each time', () => {
    let now = 0;
    const limit = new AttemptLimit(() => now);
    for (let count = 1; count <= 4; count++) limit.begin('a');
    expect(limit.wait('a')).toBe(0);
    limit.begin('a');
    expect(limit.wait('a')).toBe(2_000);
    expect(limit.wait('b')).toBe(0);
    now = 2_000;
    limit.begin('a');
    expect(limit.wait('a')).toBe(4_000);
    limit.succeed('a');
    expect(limit.wait('a')).toBe(0);
  });

  it('remembers no more than it can hold: the rest waits together', () => {
    const limit = new AttemptLimit(() => 0);
    for (let count = 0; count < 3_000; count++) limit.begin(`address ${count}`);
    expect(limit.wait('one more')).toBeGreaterThan(0);
  });
});

describe('Sessions', () => {
  it('outlive a restart, and end', async () => {
    const id = await (await Sessions.open(folder)).begin('operator');
    const sessions = await Sessions.open(folder);
    expect(sessions.roleOf(id)).toBe('operator');
    expect(sessions.roleOf(id, Date.now() + 31 * 24 * 3_600_000)).toBeUndefined();
    await sessions.end(id);
    expect(sessions.roleOf(id)).toBeUndefined();
    expect((await Sessions.open(folder)).roleOf(id)).toBeUndefined();
  });

  it('are known by fingerprints: the file lets nobody in', async () => {
    const sessions = await Sessions.open(folder);
    const id = await sessions.begin('owner');
    const written = await readFile(path.join(folder, 'page-sessions.json'), 'utf8');
    expect(written).not.toContain(id);
    const [fingerprint = ''] = Object.keys(JSON.parse(written));
    expect(sessions.roleOf(fingerprint)).toBeUndefined();
  });

  it('are a hundred at most', async () => {
    const sessions = await Sessions.open(folder);
    const first = await sessions.begin('viewer');
    for (let count = 0; count < 100; count++) await sessions.begin('viewer');
    expect(sessions.roleOf(first)).toBeUndefined();
  });
});
