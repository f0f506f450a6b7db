import { statSync } from 'node:fs';
import path from 'node:path';
import { botFileName } from '../bot-file/text.js';
import type { AsyncUndo } from '../contracts/consumer.js';
import type { ReloadResult } from '../host/reload-plan.js';
import type { Bot } from './bot.js';

/** Who is told of reloads. */
export interface WatchOptions {
  onReload(result: ReloadResult): void;
  /** Told of a broken edit, which changed nothing. */
  onError(error: unknown): void;
  /** Quiet time that makes several writes one change, milliseconds. @default 200 */
  readonly quiet?: number;
}

/**
 * Reloads a bot whenever plugins.yaml, .env or a file of a local plugin changes. Editors that write by
 * rename, in two steps, or many files at once cause one reload.
 */
export async function watchBot(
  bot: Pick<Bot, 'folder' | 'pluginFiles' | 'reload'>,
  { onReload, onError, quiet = 200 }: WatchOptions,
): Promise<AsyncUndo> {
  const { watch } = await import('chokidar');
  const own = [botFileName, '.env'].map((name) => path.join(bot.folder, name));
  const before = [...own, ...bot.pluginFiles].map(stateOf);
  const watcher = watch([...own, ...bot.pluginFiles], { ignoreInitial: true });
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  // Also the files that were gone: chokidar forgets what is deleted. A closed watcher would open anew.
  const watchAll = () => ended || watcher.add([...own, ...bot.pluginFiles]);
  const reload = async (): Promise<void> => {
    // At once, so that a file which comes back is seen while the reload still fails for want of it.
    watchAll();
    try {
      onReload(await bot.reload());
    } catch (error) {
      onError(error);
    }
    watchAll();
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), quiet);
  };
  watcher.on('all', changed);
  watcher.on('error', onError);
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  // It says so a moment before it watches all of them.
  const look = setTimeout(() => {
    const isSame = ({ file, text }: FileState) => stateOf(file).text === text;
    if (timer === undefined && !before.every(isSame)) changed();
  }, quiet);
  return async () => {
    ended = true;
    clearTimeout(look);
    clearTimeout(timer);
    await watcher.close();
  };
}

/** What of a file changes with it. */
interface FileState {
  readonly file: string;
  readonly text: string;
}

function stateOf(file: string): FileState {
  const found = statSync(file, { throwIfNoEntry: false });
  return { file, text: found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs}` };
}
