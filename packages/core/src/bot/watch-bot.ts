import path from 'node:path';
import { botFileName } from '../bot-file/text.js';
import type { AsyncUndo } from '../contracts/consumer.js';
import type { ReloadResult } from '../host/reload-plan.js';
import type { Bot } from './bot.js';
import { WatchedFiles } from './watched-files.js';

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
  bot: Pick<Bot, 'folder' | 'pluginFiles' | 'prepareReload' | 'reload'>,
  { onReload, onError, quiet = 200 }: WatchOptions,
): Promise<AsyncUndo> {
  const { watch } = await import('chokidar');
  const own = [botFileName, '.env'].map((name) => path.join(bot.folder, name));
  let timer: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    // At once, so that a file which comes back is seen while the reload still fails for want of it.
    watched.add();
    try {
      onReload(await bot.reload());
    } catch (error) {
      onError(error);
    }
    await watched.renew();
  };
  const watched = new WatchedFiles({
    watch: (files) => watch([...files], { ignoreInitial: true }),
    files: () => [...own, ...bot.pluginFiles],
    deep: () => bot.pluginFiles,
    changed: (file) => {
      if (file !== undefined && !own.includes(file)) bot.prepareReload();
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), quiet);
    },
    onError,
    quiet,
  });
  await watched.open();
  return async () => {
    clearTimeout(timer);
    await watched.close();
  };
}
