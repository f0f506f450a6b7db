import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BotFileEditor, firstPartyProvider, readBotFileText } from '@pertybot/core/host';
import { writeSchema } from '../bot-folder/write-schema.js';
import { type AddedPlugin, type AddPluginOwner, addPlugin } from './add-plugin.js';
import { inspectPlugin } from './inspect-plugin.js';
import { changePlugins } from './plugin-change.js';

/** What adding several plugins asks of their owner. */
export interface AddPluginsOwner extends AddPluginOwner {
  /** Asks whether a plugin of ours is wanted, too, without which an added one waits. */
  confirmProvider(service: string, use: string): Promise<boolean>;
}

/** How {@link addPlugins} works. */
export interface AddPluginsOptions {
  readonly folder: string;
  /** Folder from which paths are meant. */
  readonly workingFolder: string;
  readonly plugins: readonly string[];
  /** Id of the entry, where there is one plugin. */
  readonly id?: string | undefined;
  /** Whether packages may run their install scripts. */
  readonly allowScripts: boolean;
  readonly owner: AddPluginsOwner;
  /** Fires when its owner interrupts it. */
  readonly signal: AbortSignal;
}

/**
 * Adds plugins and what they need, all of them or none, whoever asks: from a terminal or from the page.
 * @throws CliError, or ConfigError when plugins.yaml cannot be read
 */
export async function addPlugins(options: AddPluginsOptions): Promise<readonly AddedPlugin[]> {
  const { folder, workingFolder, plugins, id, allowScripts, owner, signal } = options;
  const tell = (text: string) => owner.tell(text);
  const added = await changePlugins(
    { folder, command: 'pertybot plugins add', allowScripts, signal, tell },
    async (change) => {
      const common = { folder, workingFolder, owner, change, signal };
      const results: AddedPlugin[] = [];
      for (const plugin of plugins) results.push(await addPlugin(plugin, { ...common, id }));
      for (const { name, use } of await missingProviders(folder, results)) {
        if (await owner.confirmProvider(name, use)) results.push(await addPlugin(use, common));
        else tell(`Nothing provides ${name} yet; run: pertybot plugins add ${use}`);
      }
      return results;
    },
  );
  await refreshSchema(folder);
  return added;
}

/** An editor that completes plugins.yaml should know the new plugin, if it is one that uses the schema. */
async function refreshSchema(folder: string): Promise<void> {
  const file = join(folder, '.pertybot', 'plugins.schema.json');
  if (existsSync(file)) await writeSchema(folder).catch(() => undefined);
}

/** A service that nothing in plugins.yaml provides, and the plugin of ours that does. */
interface MissingProvider {
  /** Of the service, such as `Gpio`. */
  readonly name: string;
  readonly use: string;
}

/** Services that added plugins need and that plugins of ours could provide, but none that is listed does. */
async function missingProviders(
  folder: string,
  added: readonly AddedPlugin[],
): Promise<readonly MissingProvider[]> {
  const wanted = [...new Set(added.flatMap(({ plugin }) => plugin.needs))];
  const candidates = wanted.flatMap((name) => {
    const use = firstPartyProvider(name);
    return use === undefined ? [] : [{ name, use }];
  });
  if (candidates.length === 0) return [];
  const { entries } = new BotFileEditor(await readBotFileText(folder));
  const inspections = await Promise.all(
    entries.filter(({ enabled }) => enabled).map(({ use }) => inspectPlugin(use, folder)),
  );
  const provided = new Set(inspections.flatMap((each) => (each.ok ? each.provides : [])));
  return candidates.filter(({ name }) => !provided.has(name));
}
