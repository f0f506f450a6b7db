import { ConfigError, type ConfigProblem, formatProblem } from './config-error.js';
import type { BotFileOverlay } from './entry.js';
import { mostProblems } from './file-limits.js';
import { type BotFile, readEntries } from './read-entries.js';
import { botFileName, type Environment } from './text.js';
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
