import type { ChatMessage } from './chat.js';
import type { BotEvents } from './events.js';
import type { InjectionToken } from './injection.js';
import type { Undo } from './undo.js';

/** The way in: what a chat plugin tells the bot. Core provides it. */
export interface Inbox {
  /**
   * Hears a line of chat: listeners of `message` are called and, if it is a command, its handler is run.
   * Never throws.
   * @returns when it is handled
   */
  hear(message: ChatMessage): Promise<void>;
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
