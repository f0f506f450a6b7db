import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errorCodeOf } from '../../src/contracts/errors.js';
import {
  removeLeftovers,
  writeFileAtomically,
  writeFileAtomicallySync,
} from '../../src/store/write-file-atomically.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pertybot-write-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => path.join(folder, name);
const modeOf = (name: string) => statSync(file(name)).mode & 0o777;

/** Both ways to write, which must do the same. */
const ways = [
  ['asynchronously', writeFileAtomically],
  [
    'before it returns',
    async (...words: Parameters<typeof writeFileAtomicallySync>) =>
      writeFileAtomicallySync(...words),
  ],
] as const;

describe.each(ways)('a file that is written whole, %s', (_, write) => {
  it('has its folders made, and is its owner’s alone', async () => {
    await write(file('a/b/c.json'), 'text');
    expect(readFileSync(file('a/b/c.json'), 'utf8')).toBe('text');
    expect([modeOf('a'), modeOf('a/b'), modeOf('a/b/c.json')]).toEqual([0o700, 0o700, 0o600]);
  });

  it('is replaced with its new content, rights included, and nothing stays beside it', async () => {
    writeFileSync(file('x'), 'old', { mode: 0o600 });
    await write(file('x'), 'new', { mode: 0o644 });
    expect([readFileSync(file('x'), 'utf8'), modeOf('x'), readdirSync(folder)]).toEqual([
      'new',
      0o644,
      ['x'],
    ]);
  });

  it('may be empty, bytes, or large', async () => {
    await write(file('empty'), '');
    expect(statSync(file('empty')).size).toBe(0);
    const bytes = new Uint8Array([0, 255, 10, 13]);
    await write(file('bytes'), bytes, { synced: false });
    expect([...readFileSync(file('bytes'))]).toEqual([...bytes]);
    const large = 'ä'.repeat(1_000_000);
    await write(file('large'), large, { synced: false });
    expect(readFileSync(file('large'), 'utf8')).toBe(large);
  });

  it('takes the place of a link, and leaves alone what that names', async () => {
    writeFileSync(file('victim'), 'untouched');
    symlinkSync(file('victim'), file('link'));
    await write(file('link'), 'mine', { synced: false });
    expect(readFileSync(file('victim'), 'utf8')).toBe('untouched');
    expect(readFileSync(file('link'), 'utf8')).toBe('mine');
    expect(statSync(file('link')).isFile()).toBe(true);
  });

  it('is as it was, with nothing beside it, when a folder stands in its place', async () => {
    mkdirSync(file('taken/inner'), { recursive: true });
    const failed = await write(file('taken'), 'text').catch((error: unknown) => errorCodeOf(error));
    expect(['EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM']).toContain(failed);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('cannot be where a file stands in the place of its folder', async () => {
    writeFileSync(file('flat'), 'text');
    const failed = await write(file('flat/inner'), 'x').catch((error: unknown) =>
      errorCodeOf(error),
    );
    expect(['ENOTDIR', 'EEXIST']).toContain(failed);
    expect(readFileSync(file('flat'), 'utf8')).toBe('text');
  });

  it('has one whole content or another when a hundred write it', async () => {
    const contents = Array.from({ length: 100 }, (__, index) => `${index}`.repeat(500));
    await Promise.all(contents.map((content) => write(file('x'), content, { synced: false })));
    expect(contents).toContain(readFileSync(file('x'), 'utf8'));
    expect(readdirSync(folder)).toEqual(['x']);
  });
});

describe('what a killed process left', () => {
  const left = (pid: number | string) => `.store.json.${pid}-0123456789ab.tmp`;
  const dead = 2 ** 22 + 17;

  it('goes, and what only looks like it stays', async () => {
    const others = ['store.json', '.store.json.tmp', left('x'), `a${left(dead)}`, '.tmp'];
    for (const name of [...others, left(dead)]) writeFileSync(file(name), '');
    await removeLeftovers(folder);
    expect(readdirSync(folder).sort()).toEqual([...others].sort());
  });

  it('stays while its process lives, ours too', async () => {
    const names = [left(process.pid), left(process.ppid)];
    for (const name of names) writeFileSync(file(name), '');
    await removeLeftovers(folder);
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
  });

  it('is nobody’s trouble where there is no folder, or none that can be read', async () => {
    await removeLeftovers(file('gone'));
    writeFileSync(file('flat'), '');
    await removeLeftovers(file('flat'));
    mkdirSync(file('closed'));
    chmodSync(file('closed'), 0o000);
    await removeLeftovers(file('closed'));
    chmodSync(file('closed'), 0o700);
    expect(readdirSync(folder).sort()).toEqual(['closed', 'flat']);
  });
});
