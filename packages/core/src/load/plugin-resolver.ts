import { realpathSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { PluginError } from '../contracts/errors.js';
import { nearest } from '../contracts/nearest.js';
import { firstPartyPlugins, isLocalUse, packageNames } from './plugin-use.js';

/** Where a plugin is. */
export type ResolvedPlugin = { readonly kind: 'local'; readonly file: string } | PackagePlugin;

/** A plugin that is a package. */
export interface PackagePlugin {
  readonly kind: 'package';
  readonly file: string;
  readonly packageName: string;
  readonly version: string;
  /** Ranges of what it brings along, by package. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Ranges of what it wants to find, by package. */
  readonly peerDependencies: Readonly<Record<string, string>>;
  /** Root folder of the package. */
  readonly folder: string;
}

/** Where to look for plugins. */
export interface ResolveOptions {
  /** Folder of the bot. */
  readonly folder: string;
  /** URLs of modules beside which to look for packages that the bot's folder does not have. */
  readonly resolveFrom?: readonly string[];
}

/**
 * Finds the file of a plugin from what `use:` says.
 * @throws PluginError PLUGIN_NOT_INSTALLED or PLUGIN_NOT_FOUND
 */
export async function resolvePlugin(use: string, options: ResolveOptions): Promise<ResolvedPlugin> {
  if (isLocalUse(use)) return { kind: 'local', file: await findLocalFile(use, options.folder) };
  const { resolve } = await import('import-meta-resolve');
  const here = pathToFileURL(path.join(options.folder, 'noop.js')).href;
  for (const base of [here, ...(options.resolveFrom ?? [])]) {
    for (const packageName of packageNames(use)) {
      if (base === here && (await isStowaway(packageName, options))) continue;
      const url = attempt(() => resolve(packageName, base));
      if (url === undefined || !url.startsWith('file:')) continue;
      const file = realpathSync(fileURLToPath(url));
      refuseOutside(file, { packageName, use, base });
      const manifest = await readManifest(file);
      return { kind: 'package', file, packageName, ...manifest };
    }
  }
  if (attempt(() => statSync(path.join(options.folder, use)))) {
    throw new PluginError('PLUGIN_NOT_INSTALLED', `The plugin "${use}" is not installed.`, {
      hint: `A file of the bot begins with a dot. Write: use: ./${use.replaceAll('\\', '/')}`,
    });
  }
  const known = [...firstPartyPlugins, ...(await installedPlugins(options.folder))];
  const meant = nearest(
    use,
    known.filter((name) => name !== use),
  );
  throw new PluginError('PLUGIN_NOT_INSTALLED', `The plugin "${use}" is not installed.`, {
    hint: meant
      ? `Did you mean "${meant}"? Otherwise run: pertybot plugins add ${use}`
      : `Run: pertybot plugins add ${use}`,
  });
}

/** The scope of PertyBot's own packages. */
const ownScope = '@pertybot/';

const dependenciesSchema = v.object({
  dependencies: v.fallback(v.record(v.string(), v.string()), {}),
  devDependencies: v.fallback(v.record(v.string(), v.string()), {}),
  optionalDependencies: v.fallback(v.record(v.string(), v.string()), {}),
});

/**
 * Whether a package of PertyBot's name may have come as what another package depends on: npm lays such beside
 * what the owner asked for. That which belongs to the program counts then.
 */
async function isStowaway(
  name: string,
  { folder, resolveFrom = [] }: ResolveOptions,
): Promise<boolean> {
  if (!name.startsWith(ownScope) || resolveFrom.length === 0) return false;
  try {
    const text = await readFile(path.join(folder, 'package.json'), 'utf8');
    const named = Object.values(v.parse(dependenciesSchema, JSON.parse(text)));
    return !named.some((list) => Object.hasOwn(list, name));
  } catch {
    return true;
  }
}

/**
 * What is shown of a package must be what runs: its file lies in it.
 * @throws PluginError PLUGIN_INVALID
 */
function refuseOutside(
  file: string,
  {
    packageName,
    use,
    base,
  }: { readonly packageName: string; readonly use: string; readonly base: string },
): void {
  const folder = packageFolder(packageName, path.dirname(fileURLToPath(base)));
  // A package may find itself by its name, without a folder of modules.
  if (folder === undefined || file.startsWith(folder + path.sep)) return;
  throw new PluginError(
    'PLUGIN_INVALID',
    `The package "${packageName}" names a file outside of it: "${file}".`,
    {
      hint: `Do not use it; remove it with: pertybot plugins remove ${use}`,
    },
  );
}

/** Real path of the package that an import in `folder` finds. */
function packageFolder(name: string, folder: string): string | undefined {
  const found = attempt(() => realpathSync(path.join(folder, 'node_modules', name)));
  const parent = path.dirname(folder);
  return found ?? (parent === folder ? undefined : packageFolder(name, parent));
}

/** Short names of the plugins in the bot's `node_modules`. */
async function installedPlugins(folder: string): Promise<readonly string[]> {
  const modules = path.join(folder, 'node_modules');
  const names = await readdir(modules).catch(() => []);
  const ours = await readdir(path.join(modules, '@pertybot')).catch(() => []);
  return [
    ...names.filter((name) => name.startsWith('pertybot-plugin-')),
    ...ours.filter((name) => name.startsWith('plugin-')),
  ].map((name) => name.replace(/^(pertybot-)?plugin-/, ''));
}

const ranges = v.fallback(v.record(v.string(), v.string()), {});
const manifestSchema = v.object({
  name: v.fallback(v.string(), ''),
  version: v.fallback(v.string(), '0.0.0'),
  dependencies: ranges,
  peerDependencies: ranges,
});

async function readManifest(
  file: string,
): Promise<Omit<PackagePlugin, 'kind' | 'file' | 'packageName'>> {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    try {
      const text = await readFile(path.join(folder, 'package.json'), 'utf8');
      const { name, ...manifest } = v.parse(manifestSchema, JSON.parse(text));
      // A package.json without a name only says which module system a folder uses.
      if (name) return { ...manifest, folder };
    } catch {
      // Not here: one folder up.
    }
    if (path.dirname(folder) === folder) {
      const nothing = { version: '0.0.0', dependencies: {}, peerDependencies: {} };
      return { ...nothing, folder: path.dirname(file) };
    }
  }
}

const entryNames = ['index.ts', 'index.mts', 'index.js', 'index.mjs', 'index.cjs'];

async function findLocalFile(use: string, folder: string): Promise<string> {
  const wanted = path.resolve(folder, use);
  const kind = attempt(() => statSync(wanted));
  if (kind?.isFile()) return realpathSync(wanted);
  if (kind?.isDirectory()) {
    const names = [...(await mainOf(wanted)), ...entryNames];
    const found = names
      .map((name) => path.join(wanted, name))
      .find((file) => attempt(() => statSync(file))?.isFile());
    if (found) return realpathSync(found);
    throw new PluginError('PLUGIN_NOT_FOUND', `The folder "${use}" holds no plugin.`, {
      hint: 'Put an index.ts there, or a package.json whose "main" names the file.',
      files: names.map((name) => path.join(wanted, name)),
    });
  }
  const siblings = await readdir(path.dirname(wanted)).catch(() => []);
  const meant = nearest(path.basename(use), siblings);
  throw new PluginError('PLUGIN_NOT_FOUND', `There is no file "${use}" in the bot's folder.`, {
    hint: meant
      ? `Did you mean "${use.slice(0, -path.basename(use).length)}${meant}"?`
      : 'Check the path; it begins at the folder of plugins.yaml.',
    files: [wanted],
  });
}

const entrySchema = v.object({ main: v.optional(v.string()), exports: v.optional(v.unknown()) });

/** The files that a folder's package.json names as its entry. */
async function mainOf(folder: string): Promise<readonly string[]> {
  try {
    const text = await readFile(path.join(folder, 'package.json'), 'utf8');
    const { main, exports } = v.parse(entrySchema, JSON.parse(text));
    return [...exportedFiles(exports), ...(main ? [main] : [])];
  } catch {
    return [];
  }
}

/** The files that `exports` of a package.json gives to whoever imports the package itself. */
function exportedFiles(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports];
  if (typeof exports !== 'object' || exports === null) return [];
  const found = new Map(Object.entries(exports));
  return ['.', 'import', 'node', 'default'].flatMap((key) => exportedFiles(found.get(key)));
}

/** The result of `work`, or undefined when it throws. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
