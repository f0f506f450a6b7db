import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readEntries } from './bot-file-entries.js';
import type { CommandTuning } from './command-tuning.js';
import { ConfigError } from './config-error.js';
import { type ConfigProblem, formatProblem } from './config-problem.js';
import { errorCodeOf, messageOf } from './errors.js';
import type { Environment } from './interpolate.js';
import { type YamlPath, YamlSource } from './yaml-source.js';

/** Name of the file that makes a bot. */
export const botFileName = 'plugins.yaml';

/** Largest size of plugins.yaml, bytes. */
const largestSize = 1_048_576;

/** Config values to lay over those of an entry, by what the entry's `use` names. */
export type BotFileOverlay = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One plugin of plugins.yaml, checked for its shape but not yet against the plugin's schema. */
export interface BotFileEntry {
  readonly id: string;
  readonly use: string;
  readonly enabled: boolean;
  /** With variables replaced and the overlay laid over; undefined when there is none. */
  readonly config: unknown;
  readonly commands: Readonly<Record<string, CommandTuning>>;
  /** Seconds that `start` may take, in milliseconds. */
  readonly startTimeout: number | undefined;
  /** Where it stands in the document. */
  readonly path: YamlPath;
  /** Top-level config keys that came from the overlay. */
  readonly overlaid: readonly string[];
}

/** A plugins.yaml that was read. */
export interface BotFile {
  readonly source: YamlSource;
  readonly prefix: string;
  /** What core says in chat, by reason. */
  readonly replies: Readonly<Record<string, string>>;
  readonly entries: readonly BotFileEntry[];
  readonly problems: readonly ConfigProblem[];
  /** Variables that were put in, and their values, which no message may show. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * Reads the text of plugins.yaml.
 * @throws ConfigError when there is none, or it is no file, too large or unreadable
 */
export async function readBotFileText(folder: string): Promise<string> {
  const file = path.join(folder, botFileName);
  try {
    const found = await stat(file);
    if (!found.isFile()) {
      throw new ConfigError('CONFIG_UNREADABLE', `"${file}" is no file.`, {
        hint: 'Put a file plugins.yaml in its place.',
      });
    }
    if (found.size > largestSize) {
      throw new ConfigError('CONFIG_TOO_LARGE', `"${file}" is larger than 1 MB.`, {
        hint: 'A bot needs a few kilobytes; check that it is the right file.',
      });
    }
    const text = await readFile(file, 'utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch (error) {
    throw toReadError(error, file);
  }
}

/** Reads plugins.yaml from its text; all faults are in the result. */
export function parseBotFile(
  text: string,
  environment: Environment,
  overlay: BotFileOverlay = {},
): BotFile {
  const source = new YamlSource(botFileName, text);
  if (source.isBroken) {
    const nothing = { prefix: '!', replies: {}, entries: [], variables: new Map() };
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
  const report = sorted.map((problem) => formatProblem(problem, source.text)).join('\n\n');
  return new ConfigError('CONFIG_INVALID', report, { problems: sorted, files });
}

function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return [...problems].sort(
    (a, b) => a.position.line - b.position.line || a.position.column - b.position.column,
  );
}

function toReadError(error: unknown, file: string): unknown {
  if (error instanceof ConfigError) return error;
  const code = errorCodeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ConfigError('CONFIG_MISSING', `There is no "${file}".`, {
      hint: 'Run it in the folder of your bot, or name that with --dir.',
      cause: error,
    });
  }
  return new ConfigError('CONFIG_UNREADABLE', `"${file}" cannot be read: ${messageOf(error)}.`, {
    hint: 'Check that the file is yours and readable.',
    cause: error,
  });
}
