import { describe, expect, it } from '@jest/globals';
import { lateImport } from '../../src/load/late-import.js';

/** Imports as Node.js does, which keeps each failure under its name; the disk fails a few times. */
function keepingImport(failures: number) {
  let left = failures;
  const kept = new Map<string, Promise<string>>();
  const read = async (name: string): Promise<string> => {
    left -= 1;
    if (left >= 0) throw new Error(`EMFILE: ${name}`);
    return 'loaded';
  };
  return (name: string): Promise<string> => {
    const known = kept.get(name) ?? read(name);
    kept.set(name, known);
    return known;
  };
}

describe('a late import', () => {
  it('has its own name, and is one, for everybody who asks', async () => {
    const names: string[] = [];
    const load = lateImport('./part.js', async (name) => names.push(name));
    await load();
    await load();
    expect(names).toEqual(['./part.js', './part.js']);
  });

  it('is there once it can be read, however often it failed', async () => {
    const load = lateImport('./part.js', keepingImport(2));
    await expect(load()).rejects.toThrow('EMFILE: ./part.js');
    await expect(load()).rejects.toThrow('EMFILE: ./part.js?1');
    expect(await load()).toBe('loaded');
    expect(await load()).toBe('loaded');
  });
});
