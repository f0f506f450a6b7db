import { parseBotFile, toConfigError } from '../bot-file/bot-file.js';
import type { BotFileEntry } from '../bot-file/entry.js';
import { readBotFileText } from '../bot-file/text.js';
import type { CommandTuning } from '../commands/command-tuning.js';
import type { RewardTuning } from '../commands/rewards/reward-tuning.js';
import type { Duration } from '../contracts/duration.js';
import type { Plugin } from '../contracts/plugin.js';
import type { LoadedPlugin } from '../load/plugin-loader.js';

/** A plugin of a test bot, with what its entry in plugins.yaml would say. */
export interface TestEntry {
  readonly plugin: Plugin;
  /** @default the plugin's name */
  readonly id?: string;
  readonly config?: unknown;
  readonly commands?: Readonly<Record<string, CommandTuning>>;
  /** What plugins.yaml says of rewards, by name. */
  readonly rewards?: Readonly<Record<string, RewardTuning>>;
  readonly enabled?: boolean;
  /** @default 30s */
  readonly startTimeout?: Duration;
}

/** What the plugins.yaml of a test bot would say beside its entries. */
export interface TestFile {
  /** Config by plugin id. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** @default '!' */
  readonly prefix?: string;
  readonly replies?: Readonly<Record<string, string>>;
}

/** The plugins.yaml that the test bot would have; JSON is YAML. */
export function toYaml(entries: readonly TestEntry[], options: TestFile): string {
  const { prefix = '!', replies = {}, config = {} } = options;
  const plugins = entries.map(
    (
      { plugin, id = plugin.name, commands = {}, enabled = true, startTimeout, rewards, ...entry },
      index,
    ) => ({
      use: `./${index}`,
      id,
      config: entry.config ?? config[id],
      commands,
      rewards,
      enabled,
      startTimeout,
    }),
  );
  return JSON.stringify({ prefix, replies, plugins });
}

/** What the loader would give for a use in such a plugins.yaml. */
export function toLoaded(entries: readonly TestEntry[], use: string): LoadedPlugin {
  const plugin = entries[Number(use.slice(2))]?.plugin;
  if (!plugin) throw new TypeError(`There is no test plugin "${use}".`);
  return { plugin, module: use, resolved: { kind: 'local', file: use }, files: [] };
}

/** What a plugins.yaml says, for a test of the bot that it makes. */
export interface BotEntries {
  readonly prefix: string;
  readonly entries: readonly BotFileEntry[];
}

/**
 * Reads the plugins.yaml of a folder. Variables that are not set stay away: a test logs in nowhere.
 * @throws ConfigError with every other fault of the file; configs are checked when the bot starts
 */
export async function readBotEntries(folder: string): Promise<BotEntries> {
  const { source, prefix, entries, problems } = parseBotFile(await readBotFileText(folder), {});
  const faults = problems.filter(({ variable }) => variable === undefined);
  if (faults.length > 0) throw toConfigError(source, faults);
  return { prefix, entries };
}
