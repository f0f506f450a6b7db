import { chmod, readdir, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pruneNotes, readNote, writeNote } from '../../src/notes/note-files.js';
import type { PluginNote } from '../../src/notes/plugin-note.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const note: PluginNote = {
  fingerprint: 'a'.repeat(64),
  commands: [{ signature: 'dice [sides:integer]', about: 'Rolls dice' }],
  rewards: [],
  events: ['message'],
  kinds: [],
  gadgets: [],
  outputs: [],
};

let folder: TestFolder;
const file = (id: string) => folder.file(`.pertybot/notes/${id}.json`);

beforeEach(async () => {
  folder = await makeBotFolder({});
});

afterEach(() => folder.remove());

describe('a note', () => {
  it('is read as it was written', async () => {
    await writeNote(folder.path, 'dice', note);
    expect(await readNote(folder.path, 'dice')).toEqual(note);
    expect((await stat(folder.file('.pertybot/notes'))).mode & 0o777).toBe(0o700);
  });

  it('is not there before, nor where there is no folder', async () => {
    expect(await readNote(folder.path, 'dice')).toBeUndefined();
    expect(await readNote('/nonexistent', 'dice')).toBeUndefined();
  });

  it('is not written again when it says the same: a card wears out', async () => {
    await writeNote(folder.path, 'dice', note);
    const long = new Date('2020-01-01T00:00:00Z');
    await utimes(file('dice'), long, long);
    await writeNote(folder.path, 'dice', { ...note });
    expect((await stat(file('dice'))).mtime).toEqual(long);
    await writeNote(folder.path, 'dice', { ...note, events: [] });
    expect((await stat(file('dice'))).mtime).not.toEqual(long);
  });

  it('that is larger than any bot’s is not written', async () => {
    const about = 'x'.repeat(500);
    const commands = Array.from({ length: 700 }, (_, index) => ({ signature: `c${index}`, about }));
    await writeNote(folder.path, 'dice', { ...note, commands });
    expect(await readNote(folder.path, 'dice')).toBeUndefined();
  });

  it.each([
    ['is torn', '{ "fingerprint": "aa'],
    ['is empty', ''],
    ['is of another shape', '{ "fingerprint": "short" }'],
    ['would move the cursor', JSON.stringify({ ...note, events: ['\u001b[2J'] })],
  ])('that %s is not believed, and is written anew', async (_, text) => {
    await writeNote(folder.path, 'dice', note);
    await writeFile(file('dice'), text);
    expect(await readNote(folder.path, 'dice')).toBeUndefined();
    await writeNote(folder.path, 'dice', note);
    expect(await readNote(folder.path, 'dice')).toEqual(note);
  });

  it('that others may write is not believed', async () => {
    await writeNote(folder.path, 'dice', note);
    await chmod(file('dice'), 0o666);
    expect(await readNote(folder.path, 'dice')).toBeUndefined();
  });

  it('that is a link is not followed', async () => {
    await writeNote(folder.path, 'dice', note);
    await rename(file('dice'), folder.file('elsewhere.json'));
    await symlink(folder.file('elsewhere.json'), file('dice'));
    expect(await readNote(folder.path, 'dice')).toBeUndefined();
  });
});

describe('pruneNotes', () => {
  it('removes all but those of the plugins that there are', async () => {
    for (const id of ['dice', 'lamp', 'gone']) await writeNote(folder.path, id, note);
    await writeFile(folder.file('.pertybot/notes/dice.json.123.tmp'), 'half');
    await pruneNotes(folder.path, ['dice', 'lamp', 'new']);
    expect((await readdir(folder.file('.pertybot/notes'))).sort()).toEqual([
      'dice.json',
      'lamp.json',
    ]);
  });

  it('has nothing to do where there are none', async () => {
    await pruneNotes(folder.path, []);
    expect(await readdir(folder.path)).toEqual([]);
  });
});
