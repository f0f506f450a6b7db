import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { isPertyError, messageOf } from '../contracts/errors.js';
import { isPlugin, type Plugin } from '../contracts/plugin.js';
import { PluginError } from '../contracts/plugin-error.js';
import { refuseOtherCore, refuseSecondCopy } from './core-package.js';
import { awaitImport, type ImportPatience } from './import-limit.js';
import { mirrorLocalPlugin } from './local-plugin.js';
import type { Mirror } from './mirror-note.js';
import { hintForMovedName } from './moved-names.js';
import {
  type PackagePlugin,
  type ResolvedPlugin,
  type ResolveOptions,
  resolvePlugin,
} from './plugin-resolver.js';
import { findSyntaxError } from './syntax-place.js';

/** A plugin that was imported and checked. */
export interface LoadedPlugin {
  readonly plugin: Plugin;
  /** The module that was imported; another one when the plugin's source changed. */
  readonly module: string;
  readonly resolved: ResolvedPlugin;
  /** Files whose change means that it must be loaded again; empty for packages. */
  readonly files: readonly string[];
}

/** Finds and imports plugins. */
export interface PluginLoader {
  /** @throws PluginError when there is none, or it cannot be loaded */
  load(use: string): Promise<LoadedPlugin>;
}

/** Loads plugins from the bot's folder. */
export class FolderPluginLoader implements PluginLoader {
  constructor(private readonly options: ResolveOptions & ImportPatience) {}

  async load(use: string): Promise<LoadedPlugin> {
    const resolved = await resolvePlugin(use, this.options);
    return resolved.kind === 'local'
      ? this.loadLocal(use, resolved)
      : this.loadPackage(use, resolved);
  }

  private async loadPackage(use: string, resolved: PackagePlugin): Promise<LoadedPlugin> {
    refuseSecondCopy(resolved, this.options.folder);
    refuseOtherCore(resolved);
    const module = pathToFileURL(resolved.file).href;
    try {
      return {
        plugin: checkPlugin(await this.import(module, use), use),
        module,
        resolved,
        files: [],
      };
    } catch (error) {
      throw toLoadError(error, use);
    }
  }

  private import(module: string, use: string): Promise<unknown> {
    return awaitImport(importDefault(module), use, this.options);
  }

  private async loadLocal(use: string, resolved: ResolvedPlugin): Promise<LoadedPlugin> {
    const { folder, resolveFrom = [] } = this.options;
    const mirror = await mirrorLocalPlugin({ entry: resolved.file, folder, resolveFrom });
    const files = mirror.files.map(({ file }) => file);
    const module = moduleOf(mirror);
    try {
      return { plugin: checkPlugin(await this.import(module, use), use), module, resolved, files };
    } catch (error) {
      const place = isSyntaxError(error) ? await findSyntaxError(mirror) : undefined;
      if (!place) throw toLoadError(error, use, files);
      const file = path.relative(folder, place.file);
      const message = `${file}:${place.line}:${place.column}: ${place.message}.`;
      const hint = place.source.trimStart().startsWith('@')
        ? 'Decorators need a build: bind values and factories instead, or make the plugin a package.'
        : `Mend "${file}" and start again.`;
      throw new PluginError('PLUGIN_LOAD_FAILED', message, { hint, files, cause: error });
    }
  }
}

/** The URL to import: a new one for each content, since Node imports each but once. */
function moduleOf({ main, commonJs, version, files }: Mirror): string {
  const { href } = pathToFileURL(main);
  if (!commonJs) return href;
  const { cache } = createRequire(href);
  for (const { file } of files) delete cache[file];
  return `${href}?v=${version}`;
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

/** By name, since Node's own may come from another realm. */
function isSyntaxError(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'SyntaxError'
  );
}

function toLoadError(error: unknown, use: string, files: readonly string[] = []): PluginError {
  if (error instanceof PluginError) {
    const { code, message, hint, cause } = error;
    return new PluginError(code, message, { hint, cause, files });
  }
  const message = `The plugin "${use}" cannot be loaded: ${messageOf(error)}`;
  const hint = isPertyError(error) ? error.hint : hintFor(messageOf(error));
  return new PluginError('PLUGIN_LOAD_FAILED', message, { hint, files, cause: error });
}

function hintFor(message: string): string {
  const missing = /Cannot find package '([^']+)'/.exec(message)?.[1];
  if (missing) return `Run in the bot's folder: npm install ${missing}`;
  const moved = hintForMovedName(message);
  if (moved) return moved;
  const name = /does not provide an export named '([^']+)'/.exec(message)?.[1];
  if (name) return `Check how "${name}" is spelled, or export it there.`;
  return 'Run again with --verbose to see where.';
}

function checkPlugin(exported: unknown, use: string): Plugin {
  if (isPlugin(exported) && typeof exported.name === 'string') return exported;
  throw new PluginError('PLUGIN_INVALID', `"${use}" does not export a plugin.`, {
    hint: 'Its file must have: export default definePlugin({ name: … }) from @pertybot/core.',
  });
}
