import { fileURLToPath } from 'node:url';

/** URL of this package's folder. Its modules lie one folder below, however they are built. */
const packageUrl = new URL('../', import.meta.url);

/**
 * A file of this package, as it is installed.
 * @param name such as `bin/run.js`
 * @returns its absolute path
 */
export function ownFile(name: string): string {
  return fileURLToPath(new URL(name, packageUrl));
}
