import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as it is answered. */
export interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/**
 * The files of a folder by their names. What is not in the list is not there: no name leads out of the folder,
 * however it is written.
 */
export class StaticFiles {
  private constructor(
    private readonly folder: string,
    private readonly names: ReadonlySet<string>,
  ) {}

  static async of(folder: string): Promise<StaticFiles> {
    const names = await filesBelow(folder);
    return new StaticFiles(
      await realpath(folder),
      new Set(names.filter((name) => types[path.extname(name)] !== undefined)),
    );
  }

  /** @returns undefined where there is no such file */
  async read(name: string): Promise<StaticFile | undefined> {
    const type = types[path.extname(name)];
    if (type === undefined || !this.names.has(name)) return undefined;
    return { body: new Uint8Array(await readFile(path.join(this.folder, name))), type };
  }
}

/** Names of the files below a folder. No link is followed, as Node's own walk does from version 26 on. */
async function filesBelow(folder: string, above = ''): Promise<readonly string[]> {
  const entries = await readdir(path.join(folder, above), { withFileTypes: true });
  const found = entries.map((entry) => {
    const name = above === '' ? entry.name : `${above}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(folder, name);
    return entry.isFile() ? [name] : [];
  });
  return (await Promise.all(found)).flat();
}

/** Where the built page lies: `lib/page` of this package, from its sources as from its bundle. */
export function pageFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return path.join(folder, 'lib', 'page');
}
