import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { errorCodeOf, messageOf } from '../contracts/errors.js';
import { ConfigError, type ConfigProblem, formatProblem } from './config-error.js';
import { decodeText } from './decode-text.js';
import { dotEnvFaults } from './dot-env-faults.js';

/** Reads a variable. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Name of the file that makes a bot. */
export const botFileName = 'plugins.yaml';

/** Largest size of plugins.yaml, bytes. */
const largestSize = 1_048_576;

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
    return decodeText(await readFile(file), file);
  } catch (error) {
    throw toReadError(error, file);
  }
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

function brokenDotEnv(problems: readonly ConfigProblem[]): ConfigError {
  const report = problems.map((problem) => formatProblem(problem, '')).join('\n\n');
  return new ConfigError('CONFIG_INVALID', report, { problems });
}

/**
 * Reads the file `.env` of a folder.
 * @returns nothing when there is none
 * @throws ConfigError when it is there but cannot be read, or has lines that set nothing
 */
export async function readDotEnv(folder: string): Promise<Environment> {
  const file = path.join(folder, '.env');
  try {
    const text = decodeText(await readFile(file), file);
    const faults = dotEnvFaults(text);
    if (faults.length > 0) throw brokenDotEnv(faults);
    return parseEnv(text);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    if (errorCodeOf(error) === 'ENOENT') return {};
    throw new ConfigError('CONFIG_UNREADABLE', `"${file}" cannot be read: ${messageOf(error)}.`, {
      hint: 'Check that it is a file of yours with lines such as NAME=value.',
      cause: error,
    });
  }
}
