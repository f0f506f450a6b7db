import type { CommandHandler, Refusal } from './command.js';
import type { ArgumentParsers, CommandArguments } from './command-arguments.js';
import type { Undo } from './consumer.js';
import type { Duration } from './duration.js';
import type { InjectionToken } from './injection.js';
import type { Redemption } from './redemption.js';

/** What a plugin's author says of a reward; the owner may change all but what is code in plugins.yaml. */
export interface RewardOptions<Values = Readonly<Record<string, unknown>>> {
  /** As viewers see it, at most 45 characters; Twitch wants it to be the only one in the channel. @default the name */
  readonly title?: string;
  /** Channel points, at least 1. */
  readonly cost: number;
  /** What viewers read before they redeem it, at most 200 characters. @default none */
  readonly prompt?: string;
  /** Whether viewers are asked for a text. @default whether the signature has arguments */
  readonly input?: boolean;
  /** Pause between two redemptions, from 1s to 7d, which Twitch keeps. @default none */
  readonly cooldown?: Duration;
  /** Redemptions in one stream. @default any number */
  readonly maxPerStream?: number;
  /** Redemptions of one viewer in one stream. @default any number */
  readonly maxPerUser?: number;
  /** Background on Twitch, `#rrggbb`. @default Twitch's own */
  readonly color?: string;
  /** Who must say yes before it runs. @default nobody */
  readonly approve?: 'moderator';
  /** Whether it is closed while the stream is offline. @default false */
  readonly onlyLive?: boolean;
  /** Argument types of the author's own, by name. */
  readonly types?: ArgumentParsers<Values>;
}

/**
 * Registers a reward: a command that is paid for with channel points. Its arguments are typed from the signature and
 * read from what the viewer typed. A Refusal or an error gives the points back; what has moved keeps them.
 */
export type RegisterReward = <const Signature extends string, Values = Record<never, never>>(
  signature: Signature,
  options: RewardOptions<Values>,
  handler: CommandHandler<CommandArguments<Signature, Values>>,
) => Undo;

/** A reward that the bot wants in its channels, as its author and its owner said together. */
export interface WantedReward {
  /** Its name in the bot, the only one of its kind. */
  readonly name: string;
  /** Id of the plugin. */
  readonly plugin: string;
  readonly title: string;
  readonly cost: number;
  readonly prompt: string;
  readonly input: boolean;
  /** Milliseconds, 0 for none. */
  readonly cooldown: number;
  readonly maxPerStream?: number;
  readonly maxPerUser?: number;
  readonly color?: string;
  readonly approve: boolean;
  readonly onlyLive: boolean;
  /** What it runs, for people: `lamp on 1m`, or the plugin's handler. */
  readonly runs: string;
  /** Why nobody may redeem it now, such as an emergency stop or a gadget that is away; undefined when all may. */
  readonly away?: string;
}

/** The rewards that all running plugins together want. Core provides it to who brings rewards to the channel. */
export interface WantedRewards {
  /** By name. Those of plugins that rest, or start again, stay in it: they are away. */
  readonly list: readonly WantedReward[];
  /** Redemptions that wait for a moderator's yes, the oldest first. */
  readonly waiting: readonly Redemption[];
  /** Says yes to a redemption that waits. @returns whether one of that id waited */
  approve(id: string): boolean;
  /** Calls `listener` after each change of the list or of what is away. */
  onChange(listener: (list: readonly WantedReward[]) => void): Undo;
}

/** Injection token of {@link WantedRewards}. */
export const WantedRewards: InjectionToken<WantedRewards> = Symbol.for('pertybot.WantedRewards');

/** What who brings a redemption wants to be told on the way. */
export interface RedemptionWatch {
  /**
   * A pin leaves its safe level for this redemption now, for the first time: called before the write, which waits
   * for it. Synchronous; where it throws, nothing moves.
   * @param what the output, for people, such as `lamp (GPIO17)`; undefined where nobody says
   */
  willMove(what?: string): void;
  /** Fires when the redemption was settled elsewhere: what still waits for its turn does not run. */
  readonly signal?: AbortSignal;
}

/** What became of a redemption: who moved something keeps the points, who did not gives them back. */
export type RedemptionOutcome =
  | { readonly moved: true }
  | {
      readonly moved: false;
      readonly refusal: Refusal;
    };
