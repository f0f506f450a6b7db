import { isSeq } from 'yaml';
import { parseBotFile, toConfigError } from './bot-file.js';
import type { BotFileEntry } from './entry.js';
import type { Environment } from './text.js';
import { readBotFileText, readDotEnv } from './text.js';

/** An entry of plugins.yaml as it stands there: no plugin has checked its config. */
export type WrittenEntry = Pick<BotFileEntry, 'id' | 'use' | 'enabled' | 'config'>;

/**
 * Reads what plugins.yaml says, without loading any plugin: for whoever must know it though the bot is
 * broken. Faults of single entries are passed over, and a variable that is not set stays as written.
 * @param environment what `${…}` stands for, beside the file `.env`
 * @throws ConfigError when the file cannot be read, or is no YAML with a list of plugins
 */
export async function readWrittenEntries(
  folder: string,
  environment: Environment = process.env,
): Promise<readonly WrittenEntry[]> {
  const text = await readBotFileText(folder);
  // Without it a variable stays as it is written; the rest of the file says what it says.
  const dotEnv = await readDotEnv(folder).catch(() => ({}));
  const { source, entries, problems } = parseBotFile(text, { ...dotEnv, ...environment });
  const isList = isSeq(source.node(['plugins'])) && source.toJs().problem === undefined;
  if (source.isBroken || !isList) throw toConfigError(source, problems);
  return entries.map(({ id, use, enabled, config }) => ({ id, use, enabled, config }));
}
