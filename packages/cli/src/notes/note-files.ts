import { constants } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AsyncUndo, type Logger, messageOf, v } from '@pertybot/core';
import { type Bot, writeFileAtomically } from '@pertybot/core/host';
import { makeStateFolder } from '../bot-folder/bot-folder.js';
import { noteOf, noteText, type PluginNote, pluginNoteSchema } from './plugin-note.js';

/** Largest note that is written or read, bytes. */
const largest = 262_144;

const folderName = 'notes';

function fileOf(folder: string, id: string): string {
  return join(folder, '.pertybot', folderName, `${id}.json`);
}

/**
 * The note of the last run of a plugin.
 * @param folder of the bot
 * @returns undefined where there is none, or none that is the owner's own and of the right shape
 */
export async function readNote(folder: string, id: string): Promise<PluginNote | undefined> {
  try {
    const handle = await open(fileOf(folder, id), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { uid, mode, size } = await handle.stat();
      const owner = await stat(folder);
      const isOwn = process.getuid === undefined || uid === process.getuid() || uid === owner.uid;
      if (!isOwn || (mode & 0o022) !== 0 || size > largest) return undefined;
      return v.parse(pluginNoteSchema, JSON.parse(await handle.readFile('utf8')));
    } finally {
      await handle.close();
    }
  } catch {
    // None, or none that can be believed.
    return undefined;
  }
}

/**
 * Writes a note, unless it is there already: a card wears out.
 * @throws StoreError, CliError or Node's error where the state folder takes nothing
 */
export async function writeNote(folder: string, id: string, note: PluginNote): Promise<void> {
  const text = noteText(note);
  // What is larger than any bot of a maker is left unknown.
  if (Buffer.byteLength(text) > largest) return;
  const before = await readNote(folder, id);
  if (before && noteText(before) === text) return;
  await makeStateFolder(folder, folderName);
  await writeFileAtomically(fileOf(folder, id), text);
}

/** Removes the notes of plugins that plugins.yaml does not have any more, and what a killed bot left half written. */
export async function pruneNotes(folder: string, ids: readonly string[]): Promise<void> {
  const place = join(folder, '.pertybot', folderName);
  const kept = new Set(ids.map((id) => `${id}.json`));
  const names = await readdir(place).catch(() => []);
  for (const name of names.filter((each) => !kept.has(each))) {
    await rm(join(place, name), { force: true }).catch(() => {});
  }
}

/**
 * Notes what each plugin of a running bot has brought, now and whenever one starts again, for `pertybot check`,
 * which starts none.
 * @returns ends it, when what goes on is written
 */
export function keepNotes(bot: Bot, logger: Logger): AsyncUndo {
  let tail = Promise.resolve();
  let isDue = false;
  let isOver = false;
  const note = () => {
    if (isDue || isOver) return;
    isDue = true;
    tail = tail.then(async () => {
      isDue = false;
      await writeNotes(bot).catch((error: unknown) => {
        logger.debug(`What the plugins brought is not noted: ${messageOf(error)}`);
      });
    });
  };
  const undo = bot.on('plugin', ({ state }) => {
    if (state.name === 'running' && bot.state === 'ready') note();
  });
  let known = remoteOf(bot);
  const undoGadgets = bot.gadgets.onChange(() => {
    const now = remoteOf(bot);
    if (now === known) return;
    known = now;
    if (bot.state === 'ready') note();
  });
  note();
  return async () => {
    isOver = true;
    undo();
    undoGadgets();
    await tail;
  };
}

/** The gadgets of other machines, which come and go while their plugin runs. */
function remoteOf({ gadgets }: Bot): string {
  return gadgets.list.map(({ name, node = '' }) => `${node}/${name}`).join(' ');
}

/** Notes what the running plugins of a bot have brought. */
async function writeNotes(bot: Bot): Promise<void> {
  const running = bot.plugins.filter(({ state }) => state.name === 'running');
  for (const { id } of running) {
    const fingerprint = await bot.fingerprintOf(id);
    const note = fingerprint && noteOf(bot, id, fingerprint);
    if (note) await writeNote(bot.folder, id, note);
  }
  await pruneNotes(
    bot.folder,
    bot.plugins.map(({ id }) => id),
  );
}
