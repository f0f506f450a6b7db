import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { CliError } from '../cli-error.js';
import { toFolderError } from '../folder-error.js';
import type { TemplateFile } from './bot-template.js';

/** What {@link createBot} did with each file. */
export interface CreatedBot {
  readonly written: readonly string[];
  /** Files that were there already, and stayed as they are. */
  readonly kept: readonly string[];
}

/**
 * Writes the files of a new bot. Nothing is ever overwritten.
 * @throws CliError CLI_BOT_EXISTS when the folder holds a bot
 * @throws CliError CLI_FOLDER_LOCKED when it cannot be written
 */
export async function createBot(
  folder: string,
  files: readonly TemplateFile[],
): Promise<CreatedBot> {
  if (existsSync(join(folder, 'plugins.yaml'))) {
    throw new CliError('CLI_BOT_EXISTS', `"${folder}" holds a bot already.`, {
      hint: 'Name another folder, or run pertybot dev there.',
    });
  }
  const written: string[] = [];
  const kept: string[] = [];
  for (const { path, text, mode = 0o644 } of files) {
    const isNew = await writeNew(join(folder, path), text, mode);
    (isNew ? written : kept).push(path);
  }
  return { written, kept };
}

async function writeNew(file: string, text: string, mode: number): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx', mode });
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST' && existsSync(file)) return false;
    throw toFolderError(`"${file}" cannot be written`, error);
  }
}
