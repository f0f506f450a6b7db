import type { ChatMessage } from './chat.js';
import type { BotEvents } from './events.js';
import type { InjectionToken } from './injection.js';

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
}

/** Injection token of {@link Inbox}. */
export const Inbox: InjectionToken<Inbox> = Symbol.for('pertybot.Inbox');
