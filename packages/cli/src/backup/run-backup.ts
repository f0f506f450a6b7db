import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readBotFileText, writeFileAtomically } from '@pertybot/core/host';
import { toFolderError } from '../bot-folder/folder-error.js';
import { ownVersion } from '../bot-folder/own-package.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { toPlainText } from '../terminal/text.js';
import { packBackup } from './backup-manifest.js';
import { collectFiles } from './collect-files.js';

/** What `pertybot backup` was told. */
export interface RunBackupOptions {
  readonly folder: string;
  /** Path of the backup, from `workingFolder`. @default a name with the time, in the working folder */
  readonly file: string | undefined;
  readonly withSecrets: boolean;
  readonly workingFolder?: string;
  readonly now?: Date;
  print(text: string): void;
}

/**
 * Writes a backup of a bot, which nobody but its owner can read.
 * @throws CliError CLI_FILE_EXISTS, CLI_BACKUP_TOO_LARGE, CLI_FOLDER_LOCKED when it cannot be written
 * @throws ConfigError when the folder has no plugins.yaml
 */
export async function runBackup(options: RunBackupOptions): Promise<void> {
  const { folder, withSecrets, workingFolder = process.cwd(), now = new Date(), print } = options;
  await readBotFileText(folder);
  const file = resolve(workingFolder, options.file ?? nameFor(folder, now));
  if (existsSync(file)) {
    throw new CliError('CLI_FILE_EXISTS', `"${file}" exists already.`, {
      hint: 'Choose another name.',
    });
  }
  const { files, left, secrets } = await collectFiles(folder, { withSecrets, leaveOut: file });
  const about = { made: now.toISOString(), pertybot: ownVersion(), secrets: withSecrets };
  const archive = await promisify(gzip)(packBackup(files, about));
  try {
    await writeFileAtomically(file, archive, { mode: 0o600 });
  } catch (cause) {
    throw toFolderError(`"${file}" cannot be written`, cause);
  }
  const style = styleFor(process.stdout);
  const shown = relative(workingFolder, file);
  print(
    `${style.green('✓')} Wrote ${files.length} files to ${shown.startsWith('..') ? file : shown}.`,
  );
  if (secrets.length > 0) {
    print(`  Without ${list(secrets)}; --with-secrets takes them along.`);
  }
  if (withSecrets) print('  It holds your secrets: keep it to yourself.');
  if (left.length > 0) print(`  Without what is no file: ${list(left)}.`);
  print(`  Bring it back with: pertybot restore ${basename(file)}`);
}

function nameFor(folder: string, now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join(`${basename(folder)}-backup-${time}.tar.gz`);
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map(toPlainText).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
