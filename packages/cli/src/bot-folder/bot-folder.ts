import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isPertyError } from '@pertybot/core';
import { makePrivateFolder, refuseStrangers } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';
import { giveToOwner, toFolderError } from './folder-error.js';

/** URL of a module of ours: plugins that the bot's folder does not have are looked for beside it. */
export const besidePertybot: readonly string[] = [import.meta.url];

/**
 * The folder in which a bot keeps its state, made if need be; it becomes its owner's alone.
 * @param name a folder of its own in it, such as `dev`
 * @throws CliError CLI_FOLDER_MISSING when there is no such bot folder
 * @throws CliError CLI_FOLDER_LOCKED when it cannot be written
 * @throws StoreError FOLDER_NOT_YOURS when another user made it, or something in it
 */
export async function makeStateFolder(folder: string, name = ''): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new CliError('CLI_FOLDER_MISSING', `There is no folder "${folder}".`, {
      hint: 'Name the folder of your bot with --dir.',
    });
  }
  const own = join(folder, '.pertybot');
  const state = join(own, name);
  try {
    for (const each of new Set([own, state])) {
      makePrivateFolder(each);
      refuseStrangers(each);
    }
  } catch (cause) {
    if (isPertyError(cause)) throw cause;
    throw toFolderError(`"${state}" cannot be made`, cause);
  }
  giveToOwner(folder, own);
  return state;
}
