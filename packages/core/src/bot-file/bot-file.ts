import { isSeq } from 'yaml';
import { ConfigError, type ConfigProblem, formatProblem, mostProblems } from './config-error.js';
import type { BotFileEntry, BotFileOverlay } from './entry.js';
import { type BotFile, readEntries } from './read-entries.js';
import { botFileName, type Environment, readBotFileText, readDotEnv } from './text.js';
import { YamlSource } from './yaml-source.js';

/** Reads plugins.yaml from its text; all faults are in the result. */
export function parseBotFile(
  text: string,
  environment: Environment,
  overlay: BotFileOverlay = {},
): BotFile {
  const source = new YamlSource(botFileName, text);
  if (source.isBroken) {
    const nothing = { prefix: '!', watch: true, replies: {}, entries: [], variables: new Map() };
    return { source, ...nothing, problems: source.problems };
  }
  const file = readEntries(source, { environment, overlay });
  return { source, ...file, problems: [...source.problems, ...file.problems] };
}

/**
 * The error for a plugins.yaml with faults.
 * @param files of local plugins, whose change may mend it
 */
export function toConfigError(
  source: YamlSource,
  problems: readonly ConfigProblem[],
  files: readonly string[] = [],
): ConfigError {
  const sorted = inOrder(problems);
  const told = sorted.slice(0, mostProblems).map((problem) => formatProblem(problem, source.text));
  const more = sorted.length - told.length;
  const report = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n\n');
  return new ConfigError('CONFIG_INVALID', report, { problems: sorted, files });
}

function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return [...problems].sort(
    (a, b) => a.position.line - b.position.line || a.position.column - b.position.column,
  );
}

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
