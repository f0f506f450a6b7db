import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { errorCodeOf, messageOf } from '../contracts/errors.js';
import { ConfigError } from './config-error.js';
import type { Environment } from './interpolate.js';

/**
 * Reads the file `.env` of a folder.
 * @returns nothing when there is none
 * @throws ConfigError when it is there but cannot be read
 */
export async function readDotEnv(folder: string): Promise<Environment> {
  const file = path.join(folder, '.env');
  try {
    const text = await readFile(file, 'utf8');
    return parseEnv(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return {};
    throw new ConfigError('CONFIG_UNREADABLE', `"${file}" cannot be read: ${messageOf(error)}.`, {
      hint: 'Check that it is a file of yours with lines such as NAME=value.',
      cause: error,
    });
  }
}
