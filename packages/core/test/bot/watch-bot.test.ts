import { appendFile, rename, rm, truncate } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { type ReloadResult, watchBot } from '../../src/host.js';
import { BotFolder, type Files } from '../bot-folder.js';
import { plugin, start, undos, yaml } from './watched.js';

describe('watchBot', () => {
  it('reloads when a plugin, a file that it imports, plugins.yaml or .env changes', async () => {
    const watched = await start({
      'a.ts': plugin('one', "import './lib/b.js';"),
      'lib/b.ts': 'export const b = 1;\n',
    });
    await watched.files.write({ 'a.ts': plugin('two', "import './lib/b.js';") });
    expect(await watched.next()).toMatchObject({ changed: ['a'], restarted: ['a'] });
    expect(watched.about).toBe('two');
    await watched.files.write({ 'lib/b.ts': 'export const b = 2;\n' });
    expect(await watched.next()).toMatchObject({ changed: ['a'] });
    await watched.files.write({ '.env': 'A=1\n' });
    expect(await watched.next()).toMatchObject({ changed: [] });
    await watched.files.write({ 'plugins.yaml': 'plugins: []\n' });
    expect(await watched.next()).toMatchObject({ removed: ['a'] });
  });

  it('reloads once for an editor that writes a new file and renames it', async () => {
    const watched = await start();
    for (const about of ['two', 'three']) {
      await watched.files.write({ 'a.ts.swp': plugin(about) });
      await rename(watched.files.path('a.ts.swp'), watched.files.path('a.ts'));
      expect(await watched.next()).toMatchObject({ changed: ['a'] });
      expect(watched.about).toBe(about);
    }
    await watched.files.write({ 'plugins.yaml~': 'plugins: []\n' });
    await rename(watched.files.path('plugins.yaml~'), watched.files.path('plugins.yaml'));
    expect(await watched.next()).toMatchObject({ removed: ['a'] });
    expect(watched.unseen).toBe(0);
  });

  it('reloads once for an editor that empties a file and then fills it', async () => {
    const watched = await start();
    for (const about of ['two', 'three']) {
      const text = plugin(about);
      await truncate(watched.files.path('a.ts'));
      await appendFile(watched.files.path('a.ts'), text.slice(0, 40));
      await appendFile(watched.files.path('a.ts'), text.slice(40));
      expect(await watched.next()).toMatchObject({ changed: ['a'] });
      expect(watched.about).toBe(about);
    }
    expect(watched.unseen).toBe(0);
  });

  it('reloads once for an editor that removes the file and makes it anew', async () => {
    const watched = await start();
    await rm(watched.files.path('a.ts'));
    await watched.files.write({ 'a.ts': plugin('two') });
    expect(await watched.next()).toMatchObject({ changed: ['a'] });
    await watched.files.write({ 'a.ts': plugin('three') });
    expect(await watched.next()).toMatchObject({ changed: ['a'] });
    expect([watched.about, watched.unseen]).toEqual(['three', 0]);
  });

  it.each(['plugins.yaml', 'a.ts', 'b.js'])(
    'takes %s back after it was gone for a while, and sees later edits of it',
    async (name) => {
      const b = 'export const b = 1;\n';
      const files: Files = { 'a.ts': plugin('one', "import './b.js';"), 'b.js': b };
      const watched = await start(files);
      const content = { 'plugins.yaml': yaml, ...files }[name] ?? '';
      await rm(watched.files.path(name));
      expect(await watched.next()).toHaveProperty('error');
      await watched.files.write({ [name]: content });
      await watched.next();
      await watched.files.write({
        [name]: name === 'plugins.yaml' ? `${content}    enabled: false\n` : `${content}\n//`,
      });
      expect(await watched.next()).not.toHaveProperty('error');
    },
    10_000,
  );

  it('reloads once for many files', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `lib/b${index}`);
    const imports = names.map((name) => `import './${name}.js';`).join('\n');
    const texts = (version: number) =>
      Object.fromEntries(names.map((name) => [`${name}.ts`, `export const v = ${version};\n`]));
    const watched = await start({ 'a.ts': plugin('one', imports), ...texts(1) });
    await watched.files.write({ ...texts(2), 'a.ts': plugin('two', imports) });
    expect(await watched.next()).toMatchObject({ changed: ['a'] });
    expect([watched.about, watched.unseen]).toEqual(['two', 0]);
  });

  it('reports a broken edit, changes nothing, and takes the mended file', async () => {
    const watched = await start();
    await watched.files.write({ 'a.ts': 'export default (;\n' });
    expect(await watched.next()).toMatchObject({
      error: { message: expect.stringContaining('a.ts:1:17') },
    });
    expect([watched.about, watched.bot.plugins[0]?.state.name]).toEqual(['one', 'running']);
    await watched.files.write({ 'a.ts': plugin('two') });
    expect(await watched.next()).toMatchObject({ changed: ['a'] });
    expect(watched.about).toBe('two');
  });

  it('watches a new file that was broken, or not there, when it was first imported', async () => {
    const watched = await start({ 'b.ts': 'const broken = (;\n' });
    await watched.files.write({ 'a.ts': plugin('two', "import './b.js';\nimport './c.js';") });
    expect(await watched.next()).toMatchObject({
      error: { message: expect.stringContaining('does not exist') },
    });
    await watched.files.write({ 'c.ts': 'export const c = 1;\n' });
    expect(await watched.next()).toMatchObject({
      error: { message: expect.stringContaining('b.ts:1:') },
    });
    await watched.files.write({ 'b.ts': 'export const b = 1;\n' });
    expect(await watched.next()).toMatchObject({ changed: ['a'] });
    expect(watched.about).toBe('two');
  });

  it('watches a plugin that the file names only now, and one that was not there', async () => {
    const watched = await start();
    await watched.files.write({ 'plugins.yaml': `${yaml}  - use: ./late.ts\n` });
    expect(await watched.next()).toMatchObject({
      error: { message: expect.stringContaining('There is no file "./late.ts"') },
    });
    await watched.files.write({ 'late.ts': plugin('late') });
    expect(await watched.next()).toMatchObject({ added: ['late'] });
    await watched.files.write({ 'late.ts': plugin('later') });
    expect(await watched.next()).toMatchObject({ changed: ['late'] });
  });

  it('prepares a reload at once when a file of a plugin changes, and not for plugins.yaml', async () => {
    const files = await BotFolder.make({ 'plugins.yaml': yaml, 'a.ts': plugin('one') });
    undos.push(() => files.remove());
    const order: string[] = [];
    let isReloaded = () => {};
    const bot = {
      folder: files.folder,
      pluginFiles: [files.path('a.ts')],
      prepareReload: () => void order.push('prepare'),
      reload: async (): Promise<ReloadResult> => {
        order.push('reload');
        return { added: [], removed: [], changed: [], reconfigured: [], restarted: [] };
      },
    };
    undos.push(await watchBot(bot, { onReload: () => isReloaded(), onError() {}, quiet: 30 }));
    for (const file of ['plugins.yaml', 'a.ts']) {
      const reloaded = new Promise<void>((resolve) => {
        isReloaded = resolve;
      });
      await appendFile(files.path(file), '\n');
      await reloaded;
    }
    expect(order.filter((each, index) => each !== order[index - 1])).toEqual([
      'reload',
      'prepare',
      'reload',
    ]);
  });

  it('tells nobody after its undo', async () => {
    const watched = await start();
    await undos.pop()?.();
    await watched.files.write({ 'a.ts': plugin('two') });
    await watched.bot.reload();
    expect([watched.about, watched.unseen]).toEqual(['two', 0]);
  });

  it('leaves no watcher behind when it ends while a reload goes on', async () => {
    const files = await BotFolder.make({ 'plugins.yaml': yaml, 'a.ts': plugin('one') });
    undos.push(() => files.remove());
    const count = () =>
      process.getActiveResourcesInfo().filter((name) => /^FS_?EVENT/i.test(name)).length;
    const before = count();
    let reloading = () => {};
    const begun = new Promise<void>((resolve) => {
      reloading = resolve;
    });
    let reloaded = () => {};
    const result: ReloadResult = {
      added: [],
      removed: [],
      changed: [],
      reconfigured: [],
      restarted: [],
    };
    const unwatch = await watchBot(
      {
        folder: files.folder,
        pluginFiles: [],
        prepareReload: () => {},
        reload: () => {
          reloading();
          return new Promise((resolve) => {
            reloaded = () => resolve(result);
          });
        },
      },
      { onReload() {}, onError() {}, quiet: 1 },
    );
    await appendFile(`${files.folder}/plugins.yaml`, '# more\n');
    await begun;
    await unwatch();
    reloaded();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(count()).toBe(before);
  });
});
