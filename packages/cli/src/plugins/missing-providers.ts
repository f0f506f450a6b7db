import { BotFileEditor, firstPartyProvider, readBotFileText } from '@pertybot/core';
import type { AddedPlugin } from './add-plugin.js';
import { inspectPlugin } from './inspect-plugin.js';

/** A service that nothing in plugins.yaml provides, and the plugin of ours that does. */
export interface MissingProvider {
  /** Of the service, such as `Gpio`. */
  readonly name: string;
  readonly use: string;
}

/** Services that added plugins need and that plugins of ours could provide, but none that is listed does. */
export async function missingProviders(
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
