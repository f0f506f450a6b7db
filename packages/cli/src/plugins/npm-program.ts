import { existsSync } from 'node:fs';
import nodePath from 'node:path';

/** Where npm is looked for. */
export interface NpmPlace {
  readonly platform: NodeJS.Platform;
  /** Path of Node. */
  readonly execPath: string;
  /** The variable PATH. */
  readonly path: string;
  exists(file: string): boolean;
}

const here: NpmPlace = {
  platform: process.platform,
  execPath: process.execPath,
  path: process.env.PATH ?? '',
  exists: existsSync,
};

/**
 * npm, and the words that go before all others. On Windows it is a batch file, which Node does not start
 * without a shell that would read its words anew; so Node runs the script that lies beside it.
 * @see https://nodejs.org/api/child_process.html#spawning-bat-and-cmd-files-on-windows
 */
export function npmProgram(place: NpmPlace = here): readonly [string, ...string[]] {
  const { platform, execPath, path, exists } = place;
  if (platform !== 'win32') return ['npm'];
  const { delimiter, dirname, join } = nodePath.win32;
  const script = [dirname(execPath), ...path.split(delimiter)]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'))
    .find(exists);
  return script === undefined ? ['npm'] : [execPath, script];
}
