import * as v from 'valibot';
import { type CommandTuning, commandTuningSchema, described } from '../commands/command-tuning.js';
import { type RewardTuning, rewardTuningSchema } from '../commands/rewards/reward-tuning.js';
import { duration } from '../contracts/duration.js';
import type { YamlPath } from './config-error.js';

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
  readonly rewards: Readonly<Record<string, RewardTuning>>;
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

const aPlugin = 'expected a plugin such as irc or ./plugins/dice.ts';

/** Schema of an entry under `plugins:`. */
export const entrySchema = v.strictObject({
  use: described(
    v.pipe(v.string(aPlugin), v.nonEmpty(aPlugin)),
    'The plugin: a name such as irc, a package, or a file of yours such as ./plugins/dice.ts.',
  ),
  id: described(
    v.optional(
      v.pipe(
        v.string('expected letters, digits and dashes, such as irc-2'),
        v.regex(/^[a-z][a-z0-9-]*$/, 'expected letters, digits and dashes, such as irc-2'),
      ),
    ),
    'What it is called, where one plugin is used twice.',
  ),
  config: described(
    v.optional(v.unknown()),
    'What the plugin is told; its page says what it takes.',
  ),
  commands: described(
    v.optional(v.record(v.string(), commandTuningSchema)),
    'How its chat commands differ from what its author wrote, by their names.',
  ),
  enabled: described(
    v.optional(v.boolean('expected true or false'), true),
    'false leaves it out: nothing of it is loaded.',
  ),
  startTimeout: described(
    v.optional(duration()),
    'How long its start may take, such as 60s; 30s without.',
  ),
  rewards: described(
    v.optional(v.record(v.string(), rewardTuningSchema)),
    'Channel-point rewards, by title: what they cost and run.',
  ),
});

/** Schema of plugins.yaml beside its entries. */
export const botFileSchema = v.strictObject({
  prefix: described(
    v.optional(
      v.pipe(
        v.string('expected one to five characters, such as "!"'),
        v.regex(/^[^\s@/.]{1,5}$/u, 'expected one to five characters, such as "!"'),
      ),
      '!',
    ),
    'What chat commands begin with, in quotes, such as "!".',
  ),
  watch: described(
    v.optional(
      v.pipe(
        v.union([v.boolean(), v.picklist(['on', 'off'])], 'expected on or off'),
        v.transform((input) => input === true || input === 'on'),
        v.boolean(),
      ),
      true,
    ),
    'Whether a thread watches for what lets nothing else run; off saves 10 MB on a Pi Zero.',
  ),
  replies: described(
    v.optional(v.record(v.string(), v.string('expected a text')), {}),
    'What the bot says by itself in chat, by key; an empty text says nothing.',
  ),
  plugins: v.array(v.unknown(), 'expected a list of plugins, each beginning with "- use:"'),
});
