import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type TemplateFile, writeNewFile } from '../bot-folder/write-new-file.js';
import { CliError } from '../terminal/cli-error.js';

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
  for (const file of files) {
    const isNew = await writeNewFile(folder, file);
    (isNew ? written : kept).push(file.path);
  }
  return { written, kept };
}
