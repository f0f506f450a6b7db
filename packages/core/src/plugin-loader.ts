import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { refuseOtherCore } from './core-version.js';
import { isPertyError, messageOf } from './errors.js';
import { mirrorLocalPlugin } from './local-plugin.js';
import { isPlugin, type Plugin } from './plugin.js';
import { PluginError } from './plugin-error.js';
import { type ResolvedPlugin, type ResolveOptions, resolvePlugin } from './plugin-resolver.js';
import { refuseSecondCopy } from './second-copy.js';

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
  constructor(private readonly options: ResolveOptions) {}

  async load(use: string): Promise<LoadedPlugin> {
    const resolved = await resolvePlugin(use, this.options);
    const { file, files } = await this.prepare(resolved);
    const module = pathToFileURL(file).href;
    const exported = await importModule(module, use);
    return { plugin: checkPlugin(exported, use), module, resolved, files };
  }

  private async prepare(
    resolved: ResolvedPlugin,
  ): Promise<{ file: string; files: readonly string[] }> {
    const { folder, resolveFrom = [] } = this.options;
    if (resolved.kind === 'local') {
      const mirror = await mirrorLocalPlugin({ entry: resolved.file, folder, resolveFrom });
      return { file: mirror.main, files: mirror.files };
    }
    await refuseSecondCopy(resolved, folder);
    await refuseOtherCore(resolved);
    return { file: resolved.file, files: [] };
  }
}

const moduleSchema = v.looseObject({ default: v.unknown() });

async function importModule(module: string, use: string): Promise<unknown> {
  try {
    const exported = v.safeParse(moduleSchema, await import(module));
    if (!exported.success) return undefined;
    // A CommonJS plugin that TypeScript compiled has its default export one level down.
    const inner = v.safeParse(moduleSchema, exported.output.default);
    return isPlugin(exported.output.default) || !inner.success
      ? exported.output.default
      : inner.output.default;
  } catch (error) {
    if (isPertyError(error)) throw error;
    throw new PluginError(
      'PLUGIN_LOAD_FAILED',
      `The plugin "${use}" cannot be loaded: ${messageOf(error)}`,
      {
        hint: hintFor(error, use),
        cause: error,
      },
    );
  }
}

function hintFor(error: unknown, use: string): string {
  const missing = /Cannot find package '([^']+)'/.exec(messageOf(error))?.[1];
  if (missing) return `Run in the bot's folder: npm install ${missing}`;
  const file = path.basename(use);
  if (error instanceof SyntaxError) return `Mend the syntax of "${file}", or build the package.`;
  return 'Run again with --verbose to see where.';
}

function checkPlugin(exported: unknown, use: string): Plugin {
  if (isPlugin(exported) && typeof exported.name === 'string') return exported;
  throw new PluginError('PLUGIN_INVALID', `"${use}" does not export a plugin.`, {
    hint: 'Its file must have: export default definePlugin({ name: … }) from @pertybot/core.',
  });
}
