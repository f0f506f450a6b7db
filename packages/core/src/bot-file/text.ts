import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { errorCodeOf, messageOf } from '../contracts/errors.js';
import { ConfigError, type ConfigProblem, formatProblem } from './config-error.js';
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
    if (['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error) ?? '')) return {};
    throw new ConfigError('CONFIG_UNREADABLE', `"${file}" cannot be read: ${messageOf(error)}.`, {
      hint: 'Check that it is a file of yours with lines such as NAME=value.',
      cause: error,
    });
  }
}

/** Bytes that are looked at for what only UTF-16 has: zeros, as half of each letter. */
const lookedAt = 64;

const newline = 10;

/**
 * The text of a file, without a byte order mark.
 * @throws ConfigError CONFIG_UNREADABLE for what is no UTF-8: what an old editor or `>` of PowerShell wrote
 */
export function decodeText(bytes: Buffer, file: string): string {
  if (isUtf16(bytes)) throw notUtf8(`"${file}" is saved as UTF-16.`);
  if (!isUtf8(bytes)) {
    throw notUtf8(`"${file}" has letters on line ${firstWrongLine(bytes)} that are no UTF-8.`);
  }
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const head = bytes.subarray(0, lookedAt);
  return isMarked || head.filter((byte) => byte === 0).length * 4 > head.length;
}

/** A line ends at its own byte in UTF-8, whatever stands around it. */
function firstWrongLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}

function notUtf8(message: string): ConfigError {
  const hint = 'Save it as UTF-8; in PowerShell, write: … | Out-File -Encoding utf8 FILE';
  return new ConfigError('CONFIG_UNREADABLE', message, { hint });
}
