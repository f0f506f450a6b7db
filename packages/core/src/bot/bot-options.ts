import type { BotFileOverlay } from '../bot-file/entry.js';
import type { Environment } from '../bot-file/text.js';
import type { Clock } from '../contracts/clock.js';
import type { InjectionToken } from '../contracts/injection.js';
import type { Logger } from '../contracts/logger.js';
import type { Browser, Prompt } from '../contracts/owner.js';
import type { OwnerControl } from '../contracts/owner-control.js';
import type { ImportPatience } from '../load/import-limit.js';

/** How a bot is loaded. */
export interface BotOptions {
  /** Folder of plugins.yaml. */
  readonly folder: string;
  /** Where the bot keeps its state. @default `.pertybot` in the folder */
  readonly stateFolder?: string;
  /** Wins over the file `.env` in the folder. @default process.env */
  readonly env?: Environment;
  /** Config values laid over those of plugins.yaml, by package name or path. */
  readonly overlay?: BotFileOverlay;
  /** Services whose providers are not started, such as those that reach Twitch; what needs them waits. */
  readonly leaveOut?: readonly InjectionToken[];
  /** URLs of modules beside which plugins are looked for that the folder does not have. */
  readonly resolveFrom?: readonly string[];
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly browser?: Browser;
  readonly prompt?: Prompt;
  /** What the owner may ask, for plugins that act for him. @default nothing */
  readonly control?: OwnerControl;
  /** Plugins that run beside those of plugins.yaml, unless that names them. @default none */
  readonly beside?: readonly string[];
  /** Whether plugins are only tried, which each of them can see. @default false */
  readonly isTrial?: boolean;
  /**
   * Whether the bot is only looked at, so that a variable that is not set is no fault; see
   * `Bot.lacking`. A plugin that lacks one is not started. @default false
   */
  readonly mayLack?: boolean;
  /** How long the import of a plugin's module may take. @default 30 s; the log tells of it after 2 s */
  readonly patience?: Pick<ImportPatience, 'onSlow' | 'limit'>;
}
