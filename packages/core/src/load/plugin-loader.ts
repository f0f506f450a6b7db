import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { PluginError } from '../contracts/errors.js';
import { isPlugin, type Plugin } from '../contracts/plugin.js';
import { refuseOtherCore, refuseSecondCopy } from './core-package.js';
import { tellExit } from './import-exit.js';
import { awaitImport, type ImportPatience } from './import-limit.js';
import { KnownMirrors } from './known-mirrors.js';
import { isSyntaxError, toLocalError, toPackageError, toSyntaxError } from './load-errors.js';
import { type MirrorWork, mirrorLocalPlugin } from './local-plugin.js';
import type { Mirror } from './mirror-note.js';
import { MirrorScript } from './mirror-script.js';
import {
  type PackagePlugin,
  type ResolvedPlugin,
  type ResolveOptions,
  resolvePlugin,
} from './plugin-resolver.js';
import { refuseStrangers } from './state-entries.js';
import { findSyntaxError } from './syntax-place.js';

interface Imported {
  readonly plugin: PackagePlugin;
  readonly stamp: string;
}

/** By the packages' folders. As global as what it tells of: Node imports a module once in a process. */
const imported = new Map<string, Imported>();

/**
 * What runs of a package, which is what it was when this process imported it first: after an update on the disk
 * Node goes on with the modules that it has.
 * @returns the same when it is still that, or undefined of a package that was not imported yet
 */
function importedPackage(now: PackagePlugin): PackagePlugin | undefined {
  const before = imported.get(now.folder);
  if (before === undefined) return undefined;
  return before.stamp === stampOf(now) ? now : before.plugin;
}

/** Notes that a package is being imported. */
function noteImport(plugin: PackagePlugin): void {
  imported.set(plugin.folder, { plugin, stamp: stampOf(plugin) });
}

/** An update has another version, a new build of a linked package another time or size. */
function stampOf({ file, version }: PackagePlugin): string {
  const { mtimeMs, size } = statSync(file);
  return [version, file, mtimeMs, size].join(' ');
}

/** A plugin that was imported and checked. */
export interface LoadedPlugin {
  readonly plugin: Plugin;
  /** The module that was imported; another one when the plugin's source changed. */
  readonly module: string;
  readonly resolved: ResolvedPlugin;
  /** Files whose change means that it must be loaded again; empty for packages. */
  readonly files: readonly string[];
  /** Version of a package that lies on the disk since this one was imported, which runs on until the next start. */
  readonly outdated?: string;
}

/** Finds and imports plugins. */
export interface PluginLoader {
  /** @throws PluginError when there is none, or it cannot be loaded */
  load(use: string): Promise<LoadedPlugin>;
}

/** Where plugins are looked for, and how they are waited for. */
interface LoaderOptions extends ResolveOptions, ImportPatience {
  /** Makes the mirrors of local plugins. @default one of its own */
  readonly script?: MirrorScript | undefined;
  /** The mirrors that the process read before. @default none */
  readonly mirrors?: KnownMirrors | undefined;
}

/** Loads plugins from the bot's folder: those of one composition, not one after another for as long as a bot runs. */
export class FolderPluginLoader implements PluginLoader {
  private readonly work: MirrorWork;

  constructor(private readonly options: LoaderOptions) {
    let hasLooked = false;
    const refuse = (state: string) => {
      // For each of many plugins it would look at the mirrors of all.
      if (!hasLooked) refuseStrangers(state);
      hasLooked = true;
    };
    const { script = new MirrorScript(), mirrors = new KnownMirrors() } = options;
    this.work = { script, mirrors, refuse };
  }

  async load(use: string): Promise<LoadedPlugin> {
    const resolved = await resolvePlugin(use, this.options);
    return resolved.kind === 'local'
      ? this.loadLocal(use, resolved)
      : this.loadPackage(use, resolved);
  }

  private async loadPackage(use: string, resolved: PackagePlugin): Promise<LoadedPlugin> {
    const running = importedPackage(resolved);
    if (running !== undefined && running !== resolved) {
      const { version: outdated } = resolved;
      return { ...(await this.importPackage(use, running, outdated)), outdated };
    }
    refuseSecondCopy(resolved, this.options.folder);
    refuseOtherCore(resolved);
    noteImport(resolved);
    return this.importPackage(use, resolved);
  }

  /** @param outdated version that the disk has instead */
  private async importPackage(
    use: string,
    resolved: PackagePlugin,
    outdated?: string,
  ): Promise<LoadedPlugin> {
    const module = pathToFileURL(resolved.file).href;
    try {
      const plugin = checkPlugin(await this.import(module, use), use);
      return { plugin, module, resolved, files: [] };
    } catch (error) {
      throw toPackageError(error, { use, root: resolved.folder, outdated });
    }
  }

  private import(module: string, use: string): Promise<unknown> {
    const { folder } = this.options;
    return tellExit(folder, () => awaitImport(importDefault(module), use, this.options));
  }

  private async loadLocal(use: string, resolved: ResolvedPlugin): Promise<LoadedPlugin> {
    const { folder, resolveFrom = [] } = this.options;
    const mirror = await mirrorLocalPlugin(
      { entry: resolved.file, folder, resolveFrom },
      this.work,
    );
    const files = mirror.files.map(({ file }) => file);
    const module = moduleOf(mirror);
    try {
      return { plugin: checkPlugin(await this.import(module, use), use), module, resolved, files };
    } catch (error) {
      const syntax = isSyntaxError(error) ? await findSyntaxError(mirror) : undefined;
      if (syntax) throw toSyntaxError(error, { syntax, folder, files });
      throw toLocalError(error, { use, folder, files });
    }
  }
}

/** The URL to import: a new one for each content, since Node imports each but once. */
function moduleOf({ main, commonJs, version, files }: Mirror): string {
  const { href } = pathToFileURL(main);
  const { cache } = createRequire(href);
  for (const each of files) if (each.commonJs) delete cache[each.file];
  return commonJs ? `${href}?v=${version}` : href;
}

const moduleSchema = v.looseObject({ default: v.unknown() });

async function importDefault(module: string): Promise<unknown> {
  const exported = v.safeParse(moduleSchema, await import(module));
  if (!exported.success) return undefined;
  // A CommonJS plugin that TypeScript compiled has its default export one level down.
  const inner = v.safeParse(moduleSchema, exported.output.default);
  return isPlugin(exported.output.default) || !inner.success
    ? exported.output.default
    : inner.output.default;
}

function checkPlugin(exported: unknown, use: string): Plugin {
  if (isPlugin(exported) && typeof exported.name === 'string') return exported;
  throw new PluginError('PLUGIN_INVALID', `"${use}" does not export a plugin.`, {
    hint: 'Its file must have: export default definePlugin({ name: … }) from @pertybot/core.',
  });
}
