import type { CommandTuning } from '../commands/command-tuning.js';
import type { YamlPath } from './yaml-path.js';

/** Config values to lay over those of an entry, by what the entry's `use` names. */
export type BotFileOverlay = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One plugin of plugins.yaml, checked for its shape but not yet against the plugin's schema. */
export interface BotFileEntry {
  readonly id: string;
  readonly use: string;
  readonly enabled: boolean;
  /** With variables replaced and the overlay laid over; undefined when there is none. */
  readonly config: unknown;
  readonly commands: Readonly<Record<string, CommandTuning>>;
  /** Seconds that `start` may take, in milliseconds. */
  readonly startTimeout: number | undefined;
  /** Where it stands in the document. */
  readonly path: YamlPath;
  /** Its config as it is written, variables by their names, as JSON. */
  readonly written: string;
  /** Variables that it names and that are not set. */
  readonly lacks: readonly string[];
  /** Top-level config keys that came from the overlay. */
  readonly overlaid: readonly string[];
}
