import { rm } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { plugin, start } from './watched.js';

const deep = { 'plugins.yaml': 'plugins:\n  - use: ./plugins/a.ts\n' };

describe('a plugin whose folder is deleted, as where another branch is checked out', () => {
  it('is seen again when the folder comes back, and so are later edits', async () => {
    const watched = await start({ ...deep, 'plugins/a.ts': plugin('one') });
    await rm(watched.files.path('plugins'), { recursive: true });
    expect(await watched.next()).toMatchObject({
      error: { message: expect.stringContaining('There is no file "./plugins/a.ts"') },
    });
    for (const about of ['two', 'three']) {
      await watched.files.write({ 'plugins/a.ts': plugin(about) });
      expect(await watched.next()).toMatchObject({ changed: ['a'] });
      expect(watched.about).toBe(about);
    }
  });

  it('is seen where the folder was back before anybody looked', async () => {
    const watched = await start({ ...deep, 'plugins/a.ts': plugin('one') });
    for (const about of ['two', 'three']) {
      await rm(watched.files.path('plugins'), { recursive: true });
      await watched.files.write({ 'plugins/a.ts': plugin(about) });
      expect(await watched.next()).toMatchObject({ changed: ['a'] });
      expect(watched.about).toBe(about);
    }
  });

  it('is seen when a folder of what it imports comes back', async () => {
    const imports = "import { about } from './sub/b.js';\nvoid about;";
    const b = { 'sub/b.ts': 'export const about = 1;\n' };
    const watched = await start({ 'a.ts': plugin('one', imports), ...b });
    await rm(watched.files.path('sub'), { recursive: true });
    expect(await watched.next()).toMatchObject({ error: expect.anything() });
    await watched.files.write({ 'sub/b.ts': 'export const about = 2;\n' });
    expect(await watched.next()).toMatchObject({ changed: ['a'] });
  });
});
