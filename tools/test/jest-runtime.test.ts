import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';

const folder = mkdtempSync(path.join(tmpdir(), 'runtime-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a module, and requires it as the first module of a suite would. */
function load(name: string, text: string): unknown {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  let exported: unknown;
  jest.resetModules();
  jest.isolateModules(() => {
    exported = jest.requireActual(file);
  });
  return exported;
}

describe('the runtime of the tests, which compiles a module once', () => {
  it('runs it anew all the same, so that nothing of it is shared', () => {
    const text = 'exports.list = [];';
    const one = load('same.cjs', text);
    const other = load('same.cjs', text);
    expect(one).toEqual(other);
    expect(one).not.toBe(other);
  });

  it('compiles it again when its file has changed', () => {
    expect(load('new.cjs', 'exports.what = "old";')).toEqual({ what: 'old' });
    expect(load('new.cjs', 'exports.what = "newer";')).toEqual({ what: 'newer' });
  });

  it('lets it import what lies beside it', async () => {
    writeFileSync(path.join(folder, 'beside.mjs'), 'export const here = true;');
    const text = 'exports.load = () => import("./beside.mjs");';
    for (const module of [load('asks.cjs', text), load('asks.cjs', text)]) {
      const { load: ask } = module as { load(): Promise<unknown> };
      expect(await ask()).toMatchObject({ here: true });
    }
  });

  it('says where a module is wrong', () => {
    expect(() => load('wrong.cjs', '\nconst = 1;')).toThrow(
      expect.objectContaining({ stack: expect.stringContaining('wrong.cjs:2') }),
    );
  });
});
