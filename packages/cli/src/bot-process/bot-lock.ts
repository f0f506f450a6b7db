import { join } from 'node:path';
import { isPertyError } from '@pertybot/core';
import { type LockHolder, lockHolder, type ProcessLock, takeLock } from '@pertybot/core/host';
import { toFolderError } from '../bot-folder/folder-error.js';
import { CliError } from '../terminal/cli-error.js';
import { toPlainText } from '../terminal/text.js';

/** What only one process at a time may do in a folder: run its bot, or change its plugins. */
export type LockPurpose = 'bot' | 'plugins';

/**
 * Takes the lock of a state folder, so that one process at a time uses it for a purpose.
 * @param stateFolder `.pertybot`, or a folder in it; it is made where it is missing
 * @param command what the holder runs, such as `pertybot start`
 * @throws CliError CLI_BOT_RUNS when another process holds it, CLI_FOLDER_LOCKED when the folder cannot be written
 * @throws StoreError LOCK_FAILED, FOLDER_NOT_YOURS
 */
export async function takeBotLock(
  stateFolder: string,
  command: string,
  purpose: LockPurpose = 'bot',
): Promise<ProcessLock> {
  let lock: ProcessLock | undefined;
  try {
    lock = await takeLock(stateFolder, purpose, { command });
  } catch (error) {
    throw isPertyError(error) ? error : toFolderError(`"${stateFolder}" cannot be written`, error);
  }
  if (lock !== undefined) return lock;
  const holder = await lockHolder(stateFolder, purpose).catch(() => undefined);
  throw runsAlready(stateFolder, purpose, holder);
}

/**
 * Who holds the lock of a bot's folder.
 * @param folder of the bot, that of plugins.yaml
 * @returns undefined when nobody does, `unknown` when it is somebody who does not say who
 */
export function botLockHolder(folder: string): Promise<LockHolder | 'unknown' | undefined> {
  return lockHolder(join(folder, '.pertybot'), 'bot');
}

function runsAlready(
  stateFolder: string,
  purpose: LockPurpose,
  holder: LockHolder | 'unknown' | undefined,
): CliError {
  const known = typeof holder === 'object' ? holder : undefined;
  const who =
    known === undefined
      ? 'another process'
      : `process ${known.pid} ("${toPlainText(known.command)}", since ${new Date(known.since).toLocaleString()})`;
  // Its state folder says nothing to its owner.
  const bot = stateFolder.replace(/[/\\]\.pertybot(?:[/\\]dev)?$/, '');
  if (purpose === 'plugins') {
    return new CliError('CLI_BOT_RUNS', `The plugins of "${bot}" are being changed by ${who}.`, {
      hint: 'Wait until it is done.',
    });
  }
  return new CliError('CLI_BOT_RUNS', `The bot in "${bot}" already runs as ${who}.`, {
    hint: known === undefined ? 'Stop that one first.' : `Stop it first: kill ${known.pid}`,
  });
}
