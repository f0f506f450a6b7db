import { chmod, lstat, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReloadResult } from '@pertybot/core/host';
import { FolderFileDesk } from '../../src/page/folder-file-desk.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const before =
  '# mine\nplugins:\n  - use: texts # these\n    config: { commands: { hi: "Hello" } }\n';
const after = before.replace('Hello', 'Hi');
const nothing = { added: [], removed: [], changed: [], reconfigured: [], restarted: [] };

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': before });
});
afterEach(() => folder.remove());

const read = () => readFile(folder.file('plugins.yaml'), 'utf8');

function deskOf(reload: () => Promise<ReloadResult>) {
  return new FolderFileDesk(folder.path, { problemsOf: async () => [], reload });
}

describe('plugins.yaml in the hands of its owner', () => {
  it('is saved with its comments, and taken over by the running bot', async () => {
    let seen = '';
    const desk = deskOf(async () => {
      seen = await read();
      return nothing;
    });
    expect(await desk.save(after, before)).toEqual({ done: true, text: 'Saved.' });
    expect(seen).toBe(after);
    expect(await read()).toBe(after);
  });

  it('is put back when the bot does not come up with it, and the owner is told so and why', async () => {
    const rolledBack = 'The plugin "texts" does not start: no words.';
    const desk = deskOf(async () => ({ ...nothing, rolledBack }));
    const saved = await desk.save(after, before);
    expect(saved.done).toBe(false);
    expect(saved.text).toBe(
      'Undone, the bot runs on as before: The plugin "texts" does not start: no words. ' +
        'plugins.yaml is as it was before.',
    );
    expect(await read()).toBe(before);
  });

  it('is put back when the reload itself fails', async () => {
    const desk = deskOf(async () => {
      throw new Error('no more files');
    });
    expect(await desk.save(after, before)).toMatchObject({
      done: false,
      text: expect.stringContaining('no more files'),
    });
    expect(await read()).toBe(before);
  });

  it('keeps what somebody else wrote while the bot tried the edit', async () => {
    const others = `${before}# of somebody else\n`;
    const desk = deskOf(async () => {
      await writeFile(folder.file('plugins.yaml'), others);
      return { ...nothing, rolledBack: 'It does not start.' };
    });
    const { done, text } = await desk.save(after, before);
    expect([done, text.includes('as it was before')]).toEqual([false, false]);
    expect(await read()).toBe(others);
  });

  it('is saved by one of two who save at the same time, and the other is told so', async () => {
    const desk = deskOf(async () => nothing);
    const texts = [after, before.replace('Hello', 'Ho')];
    const saved = await Promise.all(texts.map((text) => desk.save(text, before)));
    expect(saved.map(({ done }) => done)).toEqual([true, false]);
    expect(saved[1]?.text).toMatch(/changed elsewhere/);
    expect(await read()).toBe(after);
  });

  it('keeps what somebody else wrote while the edit was checked', async () => {
    const others = `${before}# of somebody else\n`;
    const desk = new FolderFileDesk(folder.path, {
      problemsOf: async () => {
        await writeFile(folder.file('plugins.yaml'), others);
        return [];
      },
    });
    expect(await desk.save(after, before)).toMatchObject({ done: false });
    expect(await read()).toBe(others);
  });

  it('stays the link that it is, and keeps the rights of what it leads to', async () => {
    const file = folder.file('plugins.yaml');
    await rename(file, folder.file('mine.yaml'));
    await chmod(folder.file('mine.yaml'), 0o664);
    await symlink('mine.yaml', file);
    await deskOf(async () => nothing).save(after, before);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    const { mode } = await stat(folder.file('mine.yaml'));
    expect([mode & 0o777, await read()]).toEqual([0o664, after]);
  });

  it('is switched with its comments, and taken over at once', async () => {
    let seen = '';
    const desk = deskOf(async () => {
      seen = await read();
      return nothing;
    });
    expect(await desk.switch('texts', false)).toEqual({ done: true, text: 'Switched texts off.' });
    expect(seen).toContain('enabled: false');
    expect(seen).toContain('# these');
    expect(await desk.switch('texts', true)).toEqual({ done: true, text: 'Switched texts on.' });
    expect(await read()).not.toContain('enabled: false');
  });

  it('is as before when the bot does not come up with the plugin that was switched', async () => {
    const off = before.replace('texts # these', 'texts # these\n    enabled: false');
    await writeFile(folder.file('plugins.yaml'), off);
    const desk = deskOf(async () => ({ ...nothing, rolledBack: 'The pin is busy.' }));
    expect(await desk.switch('texts', true)).toEqual({
      done: false,
      text: 'Undone, the bot runs on as before: The pin is busy. plugins.yaml is as it was before.',
    });
    expect(await read()).toBe(off);
  });

  it('stays what it is when there is no such plugin to switch, and no bot is asked', async () => {
    let reloads = 0;
    const desk = deskOf(async () => {
      reloads += 1;
      return nothing;
    });
    expect(await desk.switch('nothing', false)).toMatchObject({ done: false });
    expect([await read(), reloads]).toEqual([before, 0]);
  });

  it('can be switched where no bot runs', async () => {
    const desk = new FolderFileDesk(folder.path, { problemsOf: async () => [] });
    expect(await desk.switch('texts', false)).toEqual({ done: true, text: 'Switched texts off.' });
    expect(await read()).toContain('enabled: false');
  });

  it('has a schema that knows its plugins, made anew only when the file changed', async () => {
    const desk = new FolderFileDesk(folder.path, { problemsOf: async () => [] });
    expect(JSON.stringify(await desk.schema())).toContain('config of texts');
    const file = folder.file('.pertybot/plugins.schema.json');
    const { mtimeMs } = await stat(file);
    await desk.schema();
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
    const later = new Date(Date.now() + 60_000);
    await utimes(folder.file('plugins.yaml'), later, later);
    await desk.schema();
    expect((await stat(file)).mtimeMs).not.toBe(mtimeMs);
  }, 60_000);
});
