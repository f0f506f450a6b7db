import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../../src/index.js';
import { FileStore } from '../../src/store/file-store.js';
import { MemoryLogger } from '../../src/testing/index.js';
import { BotFolder } from '../bot-folder.js';

let folder: BotFolder;
let logger: MemoryLogger;

beforeEach(async () => {
  folder = await BotFolder.make();
  logger = new MemoryLogger();
});

afterEach(() => folder.remove());

const file = () => folder.path('stores/lamp.json');
const open = (at = file()) => new FileStore(at, logger);
const written = async (): Promise<unknown> => JSON.parse(await readFile(file(), 'utf8'));

describe('FileStore', () => {
  it('keeps values of every kind of JSON for whoever opens the file next', async () => {
    const store = open();
    const value = { a: [1, 'two', true, null, { deep: 0.5 }], '': 'é👩‍🚀' };
    await store.set('value', value);
    await store.set('__proto__', 'no prototype');
    expect(await open().get('value')).toEqual(value);
    expect(await open().keys()).toEqual(['value', '__proto__']);
    expect(await open().get('nothing')).toBeUndefined();
    expect(await open().get('constructor')).toBeUndefined();
  });

  it('changes a value without another change in between', async () => {
    const store = open();
    await Promise.all(
      Array.from({ length: 50 }, () => store.update('count', (count) => Number(count ?? 0) + 1)),
    );
    expect(await store.get('count')).toBe(50);
    expect(await written()).toEqual({ count: 50 });
  });

  it('deletes a value and says whether there was one', async () => {
    const store = open();
    await store.set('a', 1);
    expect([await store.delete('a'), await store.delete('a')]).toEqual([true, false]);
    expect(await written()).toEqual({});
  });

  it('hands out copies', async () => {
    const store = open();
    const list = [1];
    await store.set('list', list);
    list.push(2);
    const got = await store.get('list');
    if (Array.isArray(got)) got.push(3);
    expect(await store.get('list')).toEqual([1]);
  });

  it('is readable by its owner alone', async () => {
    await open().set('a', 1);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file()))).mode & 0o777).toBe(0o700);
  });

  it.each([
    [undefined, 'undefined', 'lamp'],
    [Number.NaN, 'number', 'lamp'],
    [1n, 'bigint', 'lamp'],
    [() => {}, 'function', 'lamp'],
    [new Date(0), 'Date', 'lamp'],
    [new Map(), 'Map', 'lamp'],
    [{ a: [1, { b: undefined }] }, 'undefined', 'lamp.a[1].b'],
    [{ a: Symbol('x') }, 'symbol', 'lamp.a'],
  ])('refuses %p and names the place', async (value, what, at) => {
    const store = open();
    await store.set('lamp', 'before');
    await expect(store.set('lamp', value as Json)).rejects.toMatchObject({
      code: 'STORE_VALUE_INVALID',
      message: `"${at}" is no JSON: it is ${what}.`,
    });
    expect(await store.get('lamp')).toBe('before');
  });

  it('refuses a value that holds itself, and takes one that holds another twice', async () => {
    const circle: { self?: unknown } = {};
    circle.self = [circle];
    await expect(open().set('a', circle as Json)).rejects.toMatchObject({
      message: '"a.self[0]" is no JSON: it is a circle.',
    });
    const shared = { b: 1 };
    await open().set('a', [shared, shared]);
    expect(await open().get('a')).toEqual([shared, shared]);
  });

  it('takes an object without a prototype', async () => {
    await open().set('a', Object.assign(Object.create(null), { b: 1 }));
    expect(await written()).toEqual({ a: { b: 1 } });
  });

  it('refuses to grow beyond one megabyte and keeps what was there', async () => {
    const store = open();
    await store.set('small', 1);
    await expect(store.set('large', 'x'.repeat(1_048_576))).rejects.toMatchObject({
      code: 'STORE_TOO_LARGE',
    });
    expect(await store.keys()).toEqual(['small']);
    expect(await written()).toEqual({ small: 1 });
  });

  it.each(['', '{', '[1]', 'null', '{"a":'])('puts a damaged file of %j aside', async (text) => {
    await mkdir(path.dirname(file()));
    await writeFile(file(), text);
    const store = open();
    expect(await store.keys()).toEqual([]);
    await store.set('a', 1);
    const names = await readdir(path.dirname(file()));
    const aside = names.find((name) => name.startsWith('lamp.json.damaged-'));
    expect(await readFile(path.join(path.dirname(file()), aside ?? ''), 'utf8')).toBe(text);
    expect(logger.lines).toMatchObject([
      { level: 'warn', message: expect.stringContaining('damaged') },
    ]);
  });

  it('goes on after a change that failed', async () => {
    const store = open();
    await expect(
      store.update('a', () => {
        throw new Error('my mistake');
      }),
    ).rejects.toThrow('my mistake');
    await store.set('a', 1);
    expect(await store.get('a')).toBe(1);
  });

  it('says that it cannot read or write', async () => {
    await mkdir(file(), { recursive: true });
    await expect(open().get('a')).rejects.toMatchObject({
      code: 'STORE_WRITE_FAILED',
      hint: 'Check free space and the rights of the folder.',
    });
    await writeFile(folder.path('in-the-way'), '');
    await expect(open(folder.path('in-the-way/a.json')).set('a', 1)).rejects.toMatchObject({
      code: 'STORE_WRITE_FAILED',
    });
  });

  it('loses nothing when a write fails half way, as on a full disk', async () => {
    const script = fileURLToPath(new URL('../fixtures/fill-store.mjs', import.meta.url));
    // No right to mount a small disk is needed for this: the shell limits the size of files (64 KB).
    const output = execFileSync(
      'bash',
      ['-c', 'ulimit -f 64 && exec "$0" "$@"', process.execPath, script, file()],
      { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    expect(JSON.parse(output)).toEqual([
      'stored',
      'STORE_WRITE_FAILED EFBIG',
      ['before'],
      'stored',
      ['before', 'after'],
    ]);
    expect(await readdir(path.dirname(file()))).toEqual(['lamp.json']);
  });

  it('removes what a killed process left half written, and nothing else', async () => {
    await mkdir(path.dirname(file()), { recursive: true });
    const folder = path.dirname(file());
    const left = `.${path.basename(file())}.999999-3.tmp`;
    // That of a process that lives, and a file of somebody else's.
    const others = [`.other.json.${process.pid}-3.tmp`, `.${path.basename(file())}.mine.tmp`];
    for (const name of [left, ...others]) await writeFile(path.join(folder, name), 'half');
    const store = open();
    expect(await store.get('x')).toBeUndefined();
    expect(await readdir(folder)).toHaveLength(others.length + 1);
    await store.set('x', 1);
    expect((await readdir(folder)).sort()).toEqual([...others, 'lamp.json'].sort());
  });

  it('writes what piled up at once, and tells each of its own result', async () => {
    const store = open();
    const begun = performance.now();
    const counts = Array.from({ length: 10_000 }, () =>
      store.update('count', (count) => Number(count ?? 0) + 1),
    );
    expect(await Promise.all(counts)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
    expect(performance.now() - begun).toBeLessThan(6_000);
    expect(await written()).toEqual({ count: 10_000 });
  });

  it('does the others of one write although one of them fails or is too large', async () => {
    const store = open();
    const results = await Promise.allSettled([
      store.set('a', 1),
      store.set('b', 'x'.repeat(1_048_576)),
      store.set('c', Number.NaN),
      store.get('b'),
      store.delete('a'),
      store.set('d', 4),
      store.keys(),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(results.at(-1)).toMatchObject({ value: ['d'] });
    expect(await written()).toEqual({ d: 4 });
  });

  it('takes all back when what piled up cannot be written', async () => {
    const store = open();
    await store.set('a', 1);
    await chmod(path.dirname(file()), 0o500);
    if (process.getuid?.() === 0) return;
    const results = await Promise.allSettled([
      store.set('a', 2),
      store.get('a'),
      store.set('b', 3),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await chmod(path.dirname(file()), 0o700);
    expect([await store.get('a'), await store.keys()]).toEqual([1, ['a']]);
  });
});
