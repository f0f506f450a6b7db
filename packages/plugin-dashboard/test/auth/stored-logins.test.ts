import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makePageKeys, readPageKeys, writePageKeys } from '../../src/auth/key-file.js';
import { roleOfPassword, setPassword } from '../../src/auth/passwords.js';
import { isPageRole, lesser, pageRoles } from '../../src/auth/role.js';
import { fingerprint, isSameSecret, makeSecret } from '../../src/auth/secret.js';
import { Sessions, sessionLife } from '../../src/auth/sessions.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'page-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

const file = (name: string) => path.join(folder, name);
const keys = { address: 'http://localhost:7272/', link: 'l', overlay: 'o', metrics: 'm' };

/** What no file of ours is. */
const broken: readonly string[] = [
  '',
  '{',
  'null',
  '7',
  '[]',
  '"text"',
  '{"owner":7}',
  '{"a":{"role":"king","until":1}}',
  '{"a":{"role":"owner"}}',
  '{"a":{"role":"owner","until":"soon"}}',
  '\u0000\u0001\u0002',
  '{"__proto__":{"role":"owner","until":1e300}}',
];

describe('the file of keys', () => {
  it('is nothing where no page was served yet', async () => {
    expect(await readPageKeys(folder)).toBeUndefined();
    expect(await readPageKeys(path.join(folder, 'nowhere'))).toBeUndefined();
  });

  it.each([...broken, JSON.stringify({ ...keys, link: 7 }), '{"address":"x"}'])(
    'is worth nothing as %j, and made anew',
    async (text) => {
      await writeFile(file('page.json'), text, { mode: 0o600 });
      expect(await readPageKeys(folder)).toBeUndefined();
      const made = await makePageKeys(folder, keys.address);
      expect(await readPageKeys(folder)).toEqual(made);
    },
  );

  it.each([0o604, 0o640, 0o660, 0o666])('is believed by nobody with mode %o', async (mode) => {
    await writePageKeys(folder, keys);
    expect(await readPageKeys(folder)).toEqual(keys);
    await chmod(file('page.json'), mode);
    expect(await readPageKeys(folder)).toBeUndefined();
  });

  it('is no link to elsewhere, no folder, and no book', async () => {
    await writeFile(file('theirs.json'), JSON.stringify(keys), { mode: 0o600 });
    await symlink(file('theirs.json'), file('page.json'));
    expect(await readPageKeys(folder)).toBeUndefined();
    await rm(file('page.json'));
    await writeFile(file('page.json'), JSON.stringify({ ...keys, link: 'x'.repeat(10_000) }), {
      mode: 0o600,
    });
    expect(await readPageKeys(folder)).toBeUndefined();
    await rm(file('page.json'));
    await mkdir(file('page.json'), { mode: 0o700 });
    expect(await readPageKeys(folder)).toBeUndefined();
  });

  it('has a link key of its own for each start, and the same keys for OBS', async () => {
    const made = [];
    for (let start = 0; start < 5; start++) made.push(await makePageKeys(folder, keys.address));
    expect(new Set(made.map(({ link }) => link)).size).toBe(5);
    expect(new Set(made.map(({ overlay }) => overlay)).size).toBe(1);
    expect(new Set(made.map(({ metrics }) => metrics)).size).toBe(1);
    expect(new Set(Object.values(made[0] ?? {})).size).toBe(4);
  });
});

describe('the file of sessions', () => {
  it.each(broken)('lets nobody in as %j, and takes a new session', async (text) => {
    await writeFile(file('page-sessions.json'), text);
    const sessions = await Sessions.open(folder);
    for (const id of ['a', 'owner', '__proto__', 'constructor']) {
      expect(sessions.roleOf(id)).toBeUndefined();
    }
    const id = await sessions.begin('operator');
    expect((await Sessions.open(folder)).roleOf(id)).toBe('operator');
  });

  it('is its owner’s alone', async () => {
    await (await Sessions.open(folder)).begin('owner');
    expect((await stat(file('page-sessions.json'))).mode & 0o077).toBe(0);
  });

  it('holds whoever came in at the same time', async () => {
    const sessions = await Sessions.open(folder);
    const ids = await Promise.all(pageRoles.map((role) => sessions.begin(role)));
    const again = await Sessions.open(folder);
    expect(ids.map((id) => again.roleOf(id))).toEqual([...pageRoles]);
  });

  it('holds those who are logged in, and nobody whose time is over', async () => {
    const sessions = await Sessions.open(folder);
    const now = Date.now();
    const old = await sessions.begin('owner', now - sessionLife - 1);
    const last = await sessions.begin('owner', now - sessionLife + 60_000);
    expect([sessions.roleOf(old, now), sessions.roleOf(last, now)]).toEqual([undefined, 'owner']);
    await sessions.begin('viewer', now);
    const written = JSON.parse(await readFile(file('page-sessions.json'), 'utf8'));
    expect(Object.keys(written)).toHaveLength(2);
    expect(written).not.toHaveProperty([fingerprint(old)]);
  });

  it('is empty once all were sent away', async () => {
    const sessions = await Sessions.open(folder);
    const ids = await Promise.all(pageRoles.map((role) => sessions.begin(role)));
    await sessions.endAll();
    for (const id of ids) expect(sessions.roleOf(id)).toBeUndefined();
    expect(await readFile(file('page-sessions.json'), 'utf8')).toBe('{}\n');
  });

  it('that cannot be written keeps nobody out who has just been let in', async () => {
    const sessions = await Sessions.open(folder);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'no folder');
    const id = await sessions.begin('viewer');
    expect(sessions.roleOf(id)).toBe('viewer');
    await sessions.end(id);
    expect(sessions.roleOf(id)).toBeUndefined();
  });

  it('ends nobody’s session for an id that is none', async () => {
    const sessions = await Sessions.open(folder);
    const id = await sessions.begin('viewer');
    await sessions.end(undefined);
    await sessions.end('');
    await sessions.end(fingerprint(id));
    expect(sessions.roleOf(id)).toBe('viewer');
    expect(sessions.roleOf(undefined)).toBeUndefined();
  });
});

describe('the file of passwords', () => {
  it.each(broken)('lets nobody in as %j', async (text) => {
    await writeFile(file('page-passwords.json'), text);
    for (const word of ['', 'owner', 'undefined', 'null']) {
      expect(await roleOfPassword(folder, word)).toBeUndefined();
    }
  });

  it('takes what looks alike for the same, and no other case', async () => {
    await setPassword(folder, 'viewer', 'Caf\u00e9 \ufb01n!');
    expect(await roleOfPassword(folder, 'Cafe\u0301 fin!')).toBe('viewer');
    expect(await roleOfPassword(folder, 'caf\u00e9 fin!')).toBeUndefined();
    expect((await stat(file('page-passwords.json'))).mode & 0o077).toBe(0);
  });

  it('has a salt for each, and the greater role for one that two have', async () => {
    await setPassword(folder, 'viewer', 'the same word');
    await setPassword(folder, 'owner', 'the same word');
    const { viewer, owner } = JSON.parse(await readFile(file('page-passwords.json'), 'utf8'));
    expect(viewer.salt).not.toBe(owner.salt);
    expect(viewer.hash).not.toBe(owner.hash);
    expect(await roleOfPassword(folder, 'the same word')).toBe('owner');
    await setPassword(folder, 'owner', 'another word');
    expect(await roleOfPassword(folder, 'the same word')).toBe('viewer');
  });

  it('fails where it is none, and does not let in meanwhile', async () => {
    await mkdir(file('page-passwords.json'));
    await expect(roleOfPassword(folder, 'anything')).rejects.toThrow('EISDIR');
  });
});

describe('roles and secrets', () => {
  it('are these, and nothing that only looks like one', () => {
    expect(pageRoles.every(isPageRole)).toBe(true);
    for (const text of ['', 'Owner', 'owner ', 'king', '__proto__', 'toString']) {
      expect(isPageRole(text)).toBe(false);
    }
    expect(lesser('viewer', 'viewer')).toBe('viewer');
  });

  it('are the same only as a whole', () => {
    const secret = makeSecret();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(isSameSecret(secret, `${secret}`)).toBe(true);
    for (const other of ['', secret.slice(1), `${secret} `, secret.toUpperCase(), makeSecret()]) {
      expect(isSameSecret(secret, other)).toBe(secret === other);
    }
  });
});
