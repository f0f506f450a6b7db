import type { YamlPath } from '../bot-file/config-error.js';
import type { CommandTuning } from '../commands/command-tuning.js';
import type { RewardTuning } from '../commands/rewards/reward-tuning.js';
import type { Plugin } from '../contracts/plugin.js';

/** A plugin with everything that plugins.yaml says of it, checked. */
export interface HostedPlugin {
  readonly id: string;
  /** As plugins.yaml names it. */
  readonly use: string;
  readonly plugin: Plugin;
  /** Module that was imported. */
  readonly module: string;
  readonly version: string | undefined;
  /** Version that was installed since, which runs from the next start on. */
  readonly outdated?: string | undefined;
  /** As the plugin's schema gave it. */
  readonly config: unknown;
  readonly tuning: Readonly<Record<string, CommandTuning>>;
  /** What the owner says of its rewards, and those that run its commands, by name. */
  readonly rewards: Readonly<Record<string, RewardTuning>>;
  readonly enabled: boolean;
  /** Whether the program that runs the bot does not want it started. @default false */
  readonly leftOut?: boolean;
  /** Milliseconds; 30 s when undefined. */
  readonly startTimeout: number | undefined;
  /** Files that it is made of, for a local plugin. */
  readonly files: readonly string[];
  /** Where its entry stands in plugins.yaml. */
  readonly path: YamlPath;
  /** Its config as it is written, variables by their names, as JSON. */
  readonly written: string;
  /** Variables that its config names and that are not set. */
  readonly lacks: readonly string[];
}
