import type { ChatMessage } from './chat.js';
import type { Undo } from './consumer.js';
import type { BotEvents } from './events.js';
import type { InjectionToken } from './injection.js';
import type { Redemption } from './redemption.js';
import type { RedemptionOutcome, RedemptionWatch } from './reward.js';

/** The way in: what a chat plugin tells the bot. Core provides it. */
export interface Inbox {
  /**
   * Hears a line of chat: listeners of `message` are called and, if it is a command, its handler is run.
   * Never throws.
   * @returns when it is handled
   */
  hear(message: ChatMessage): Promise<void>;
  /**
   * Does what a viewer paid for, or says why not: what has moved keeps the points. It may take long: a reward may
   * wait for a moderator, and is decided when half of its time has run. Never rejects.
   * @param watch is told on the way
   */
  redeem(redemption: Redemption, watch?: RedemptionWatch): Promise<RedemptionOutcome>;
  /**
   * Says whether a channel's stream is live, as nobody has told by an event: what brings `streamOnline` and
   * `streamOffline` says so at its start.
   * @param isLive undefined where that is not known any more
   */
  setLive(channel: string, isLive: boolean | undefined): void;
  /** Tells all listeners of `event`. Never throws. */
  emit<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void;
  /** Whether anybody would hear `event`: what nobody hears need not be made out. */
  isHeard(event: keyof BotEvents): boolean;
  /** Ids of the plugins that listen to `event`; what the program that runs the bot hears does not count. */
  heardBy(event: keyof BotEvents): readonly string[];
  /** Calls `listener` after a plugin has begun or ceased to listen to `event`. */
  onHeard(listener: (event: keyof BotEvents) => void): Undo;
  /**
   * Says that the caller brings `event` of `channel` from now on: whoever knows less of it leaves it to him, so that
   * nothing is told twice.
   * @param channel login without `#`
   */
  brings(event: keyof BotEvents, channel: string): Undo;
  /** Whether somebody {@link Inbox.brings} it. */
  isBrought(event: keyof BotEvents, channel: string): boolean;
}

/** Injection token of {@link Inbox}. */
export const Inbox: InjectionToken<Inbox> = Symbol.for('pertybot.Inbox');
