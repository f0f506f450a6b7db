import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { ownVersion } from '../bot-folder/own-package.js';
import { writeNewFile } from '../bot-folder/write-new-file.js';
import { CliError } from '../terminal/cli-error.js';
import { packageTemplate } from './package-template.js';

/**
 * Makes a package with one plugin, in a folder of its name.
 * @param folder where that folder is made
 * @returns its name
 * @throws CliError CLI_FILE_EXISTS when there is such a folder, CLI_FOLDER_LOCKED
 */
export async function createPackage(name: string, folder: string): Promise<string> {
  const packageName = `pertybot-plugin-${name}`;
  const home = join(folder, packageName);
  try {
    await mkdir(home);
  } catch (error) {
    throw toFolderError(error, home);
  }
  const year = new Date().getFullYear();
  for (const file of packageTemplate({ name, version: ownVersion(), year })) {
    await writeNewFile(home, file);
  }
  return packageName;
}

function toFolderError(cause: unknown, home: string): CliError {
  if (errorCodeOf(cause) === 'EEXIST') {
    return new CliError('CLI_FILE_EXISTS', `There is a folder "${home}" already.`, {
      hint: 'Choose another name, or remove it first.',
      cause,
    });
  }
  return new CliError('CLI_FOLDER_LOCKED', `"${home}" cannot be made.`, {
    hint: 'Choose a folder that is there and yours.',
    cause,
  });
}
