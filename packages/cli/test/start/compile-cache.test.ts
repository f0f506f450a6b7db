import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepCompiled } from '../../src/start/compile-cache.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;
let kept: unknown[];
beforeEach(async () => {
  folder = await makeBotFolder({});
  kept = [];
});
afterEach(() => folder.remove());

const enable = (place: unknown) => kept.push(place);

/** With the cache of its user in `place` of the test's folder. */
const keep = (more: Parameters<typeof keepCompiled>[0] = {}, place = 'cache') =>
  keepCompiled({ environment: { XDG_CACHE_HOME: folder.file(place) }, enable, ...more });

const modeOf = async (name: string) => (await stat(folder.file(name))).mode & 0o777;

describe('what Node compiled', () => {
  it('is kept in a folder that is made for its user alone', async () => {
    expect(keep()).toBe(folder.file('cache/pertybot'));
    expect(kept).toEqual([folder.file('cache/pertybot')]);
    expect([await modeOf('cache'), await modeOf('cache/pertybot')]).toEqual([0o700, 0o700]);
    expect(keep()).toBe(folder.file('cache/pertybot'));
  });

  it('is not kept where Node cannot, or its user says how himself', () => {
    expect(keep({ enable: null })).toBeUndefined();
    const XDG_CACHE_HOME = folder.file('cache');
    for (const name of ['NODE_COMPILE_CACHE', 'NODE_DISABLE_COMPILE_CACHE']) {
      expect(keep({ environment: { XDG_CACHE_HOME, [name]: '1' } })).toBeUndefined();
    }
    expect(kept).toEqual([]);
  });

  it.each([
    ['may read it', 'cache/pertybot', 0o750],
    ['may write it', 'cache/pertybot', 0o722],
    ['may put another in its place', 'cache', 0o777],
    ['may do so further up', '.', 0o720],
  ])('is not kept where somebody else %s', async (_, name, mode) => {
    await mkdir(folder.file('cache/pertybot'), { recursive: true, mode: 0o700 });
    await chmod(folder.file(name), mode);
    expect(keep()).toBeUndefined();
    expect(kept).toEqual([]);
  });

  it('is not kept in the folder of somebody else, nor where a link leads to such', async () => {
    const { uid } = await stat(folder.path);
    expect(keep({ user: uid + 1 })).toBeUndefined();
    // As sudo would, which may keep the home of whoever calls it.
    expect(await readdir(folder.path)).not.toContain('cache');
    await mkdir(folder.file('open/cache'), { recursive: true });
    await chmod(folder.file('open'), 0o777);
    await mkdir(folder.file('open/cache/pertybot'), { mode: 0o700 });
    await symlink(folder.file('open/cache'), folder.file('link'));
    expect(keep({}, 'link')).toBeUndefined();
    expect(kept).toEqual([]);
  });

  it('is kept below a folder of all in which nobody can move what is another’s', async () => {
    await mkdir(folder.file('shared/mine'), { recursive: true, mode: 0o700 });
    await chmod(folder.file('shared'), 0o1777);
    expect(keep({}, 'shared/mine')).toBe(folder.file('shared/mine/pertybot'));
  });

  it('is not kept for somebody who has no home, and makes him none', async () => {
    expect(keep({}, 'nobody/cache')).toBeUndefined();
    expect(await readdir(folder.path)).not.toContain('nobody');
  });

  it('is not missed where there is no folder, or Node fails', async () => {
    await writeFile(folder.file('cache'), 'a file');
    expect(keep()).toBeUndefined();
    const fail = () => {
      throw new Error('no');
    };
    expect(keep({ enable: fail }, 'other')).toBeUndefined();
  });

  it('is thrown away once it has grown, and only then', async () => {
    const version = folder.file('cache/pertybot/v1');
    await mkdir(version, { recursive: true, mode: 0o700 });
    await chmod(folder.file('cache/pertybot'), 0o700);
    const fill = (from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, at) => writeFile(`${version}/${from + at}`, '')),
      );
    await fill(0, 1_000);
    keep();
    expect(await readdir(version)).toHaveLength(1_000);
    await fill(1_000, 1_001);
    expect(keep()).toBe(folder.file('cache/pertybot'));
    expect(await readdir(folder.file('cache/pertybot'))).toEqual([]);
  });
});
