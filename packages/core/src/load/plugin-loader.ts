import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { isPlugin, type Plugin } from '../contracts/plugin.js';
import { PluginError } from '../contracts/plugin-error.js';
import { refuseOtherCore, refuseSecondCopy } from './core-package.js';
import { awaitImport, type ImportPatience } from './import-limit.js';
import { importedPackage, noteImport } from './imported-packages.js';
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
    this.work = { script: options.script ?? new MirrorScript(), refuse };
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
    return awaitImport(importDefault(module), use, this.options);
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
