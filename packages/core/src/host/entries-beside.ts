import type { BotFileEntry, BotFileOverlay } from '../bot-file/entry.js';
import type { BotFile } from '../bot-file/read-entries.js';
import { defaultId, packageNames } from '../load/plugin-use.js';

/** Entries for plugins that the file does not name, not even to switch them off. */
export function entriesBeside(
  { entries, problems }: BotFile,
  beside: readonly string[],
  overlay: BotFileOverlay,
): readonly BotFileEntry[] {
  // A file that is wrong may name it at a place that was not understood.
  if (problems.length > 0) return [];
  const named = new Set(entries.flatMap(({ use }) => packageNames(use)));
  return beside
    .filter((use) => !packageNames(use).some((name) => named.has(name)))
    .map((use) => ({
      id: defaultId(use),
      use,
      enabled: true,
      config: packageNames(use).flatMap((name) => overlay[name] ?? [])[0],
      commands: {},
      rewards: {},
      startTimeout: undefined,
      path: [],
      written: '',
      lacks: [],
      overlaid: [],
    }))
    .filter(({ id }) => !entries.some((entry) => entry.id === id));
}
