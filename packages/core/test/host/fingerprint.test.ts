import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../../src/host/fingerprint.js';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pertybot-print-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const local = (files: readonly string[], written = '') =>
  fingerprintOf({ module: 'file:///gone', version: undefined, files, written }, folder);

describe('the fingerprint of a local plugin', () => {
  it('is the same until a file of it or its config changes', async () => {
    const [a, b] = [await write('a.ts', 'one'), await write('b.ts', 'two')];
    const before = await local([a, b], '{"pin":4}');
    expect(await local([a, b], '{"pin":4}')).toBe(before);
    expect(await local([b, a], '{"pin":4}')).toBe(before);
    expect(await local([a, b], '{"pin":5}')).not.toBe(before);
    await write('b.ts', 'three');
    expect(await local([a, b], '{"pin":4}')).not.toBe(before);
  });

  it('is another when a file comes, goes or cannot be read', async () => {
    const [a, b] = [await write('a.ts', 'one'), await write('b.ts', 'two')];
    const prints = [await local([a, b]), await local([a])];
    await rm(b);
    prints.push(await local([a, b]));
    expect(new Set(prints).size).toBe(3);
  });

  it('shows nothing of what it is made of', async () => {
    const a = await write('a.ts', 'secret');
    expect(await local([a], 'secret')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the fingerprint of a package', () => {
  const file = 'node_modules/pertybot-plugin-a/dist/index.js';
  const lock = (packages: object) =>
    write('node_modules/.package-lock.json', JSON.stringify({ packages }));
  const ofPackage = (version = '1.0.0') => {
    const module = pathToFileURL(path.join(folder, file)).href;
    return fingerprintOf({ module, version, files: [], written: '' }, folder);
  };

  it('is another with another version, main file or integrity', async () => {
    await write(file, 'code');
    await lock({ 'node_modules/pertybot-plugin-a': { integrity: 'sha512-a' } });
    const before = await ofPackage();
    expect(await ofPackage()).toBe(before);
    const others = [await ofPackage('2.0.0')];
    await lock({ 'node_modules/pertybot-plugin-a': { integrity: 'sha512-b' } });
    others.push(await ofPackage());
    await write(file, 'other code');
    others.push(await ofPackage());
    expect(new Set([before, ...others]).size).toBe(4);
  });

  it('goes by the innermost package, and by no neighbour with a longer name', async () => {
    await write(file, 'code');
    await lock({
      'node_modules/pertybot-plugin-a': { integrity: 'a' },
      'node_modules/pertybot-plugin': { integrity: 'x' },
    });
    const before = await ofPackage();
    await lock({
      'node_modules/pertybot-plugin-a': { integrity: 'a' },
      'node_modules/pertybot-plugin': { integrity: 'y' },
    });
    expect(await ofPackage()).toBe(before);
    await lock({
      'node_modules/pertybot-plugin-a/dist': { integrity: 'z' },
      'node_modules/pertybot-plugin-a': { integrity: 'a' },
    });
    expect(await ofPackage()).not.toBe(before);
  });

  it.each(['', '{', '[]', '{"packages":5}', '{"packages":{"x":{"integrity":7}}}'])(
    'goes without npm’s note where that is %j',
    async (text) => {
      await write(file, 'code');
      const before = await ofPackage();
      await write('node_modules/.package-lock.json', text);
      expect(await ofPackage()).toBe(before);
    },
  );
});
