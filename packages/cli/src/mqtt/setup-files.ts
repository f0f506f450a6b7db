import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { writeFileAtomically } from '@pertybot/core/host';
import { toFolderError } from '../bot-folder/folder-error.js';
import { CliError } from '../terminal/cli-error.js';

/** A file that a broker's setup writes, from the bot's folder. */
export interface SetupFile {
  readonly path: string;
  readonly text: string;
  /** Whether it is its owner's alone. */
  readonly isSecret: boolean;
}

/** Variable that holds a machine's password at the broker. */
export const passwordVariable = 'MQTT_PASSWORD';

/**
 * Refuses to write over what is there.
 * @throws CliError CLI_FILE_EXISTS that names the files
 */
export async function refuseExisting(folder: string, paths: readonly string[]): Promise<void> {
  const found = await Promise.all(
    paths.map(async (path) => ((await isThere(join(folder, path))) ? [path] : [])),
  );
  const [first, ...others] = found.flat();
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new CliError('CLI_FILE_EXISTS', `There is a file "${first}"${more} already.`, {
    hint: 'With --force it is written anew; passwords that are there stay as they are.',
  });
}

/** Writes all of them, each whole. @throws CliError CLI_FOLDER_LOCKED */
export async function writeSetupFiles(folder: string, files: readonly SetupFile[]): Promise<void> {
  for (const { path, text, isSecret } of files) {
    const file = join(folder, path);
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFileAtomically(file, text, { mode: isSecret ? 0o600 : 0o644 });
    } catch (cause) {
      throw toFolderError(`"${file}" cannot be written`, cause);
    }
  }
}

/** The password in a file of variables; undefined where it holds none. */
export async function readPassword(folder: string, path: string): Promise<string | undefined> {
  const text = await readFile(join(folder, path), 'utf8').catch(() => '');
  return parseEnv(text)[passwordVariable] || undefined;
}

/**
 * Puts a variable into the bot's `.env`, which becomes its owner's alone; one that is there is not touched.
 * @throws CliError CLI_FOLDER_LOCKED
 */
export async function addToEnv(folder: string, name: string, value: string): Promise<void> {
  const file = join(folder, '.env');
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    if (!parseEnv(text)[name]) {
      const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
      await writeFileAtomically(file, `${start}${name}=${value}\n`, { mode: 0o600 });
    }
    await chmod(file, 0o600);
  } catch (cause) {
    throw toFolderError(`"${file}" cannot be written`, cause);
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
