import { parseBotFile, toConfigError } from '../bot-file/bot-file.js';
import type { BotFileEntry } from '../bot-file/entry.js';
import { readBotFileText } from '../bot-file/text.js';

/** What a plugins.yaml says, for a test of the bot that it makes. */
export interface BotEntries {
  readonly prefix: string;
  readonly entries: readonly BotFileEntry[];
}

/**
 * Reads the plugins.yaml of a folder. Variables that are not set stay away: a test logs in nowhere.
 * @throws ConfigError with every other fault of the file; configs are checked when the bot starts
 */
export async function readBotEntries(folder: string): Promise<BotEntries> {
  const { source, prefix, entries, problems } = parseBotFile(await readBotFileText(folder), {});
  const faults = problems.filter(({ variable }) => variable === undefined);
  if (faults.length > 0) throw toConfigError(source, faults);
  return { prefix, entries };
}
