import { type AsyncUndo, type Logger, messageOf } from '@pertybot/core';
import { type Bot } from '@pertybot/core/host';
import { pruneNotes, writeNote } from './note-files.js';
import { noteOf } from './note-of.js';

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
  note();
  return async () => {
    isOver = true;
    undo();
    await tail;
  };
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
