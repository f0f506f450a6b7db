import type { Delivery } from './chat.js';
import type { PluginState } from './plugin-state.js';

/** Somebody stopped everything, or the owner released it. */
export interface EstopEvent {
  readonly engaged: boolean;
  /** Who stopped everything; absent when it was released. */
  readonly by?: string;
}

/** A plugin changed its state. */
export interface PluginEvent {
  readonly plugin: string;
  readonly state: PluginState;
}

/** The bot gave a text to chat. */
export interface ReplyEvent {
  readonly channel: string;
  readonly text: string;
  /** Message that it answers. */
  readonly replyTo?: string;
  readonly delivery: Delivery;
}

/** A plugin threw where nobody could catch it. */
export interface FaultEvent {
  readonly plugin: string;
  /** What ran: `command lamp`, `listener message`, `timer`, … */
  readonly where: string;
  readonly messageId?: string;
  readonly error: unknown;
}
