import type { Delivery } from './chat.js';

/** Somebody stopped everything, or the owner released it. */
export interface EstopEvent {
  readonly engaged: boolean;
  /** Who stopped everything; absent when it was released. */
  readonly by?: string;
}

/** Where a plugin is in its life. */
export type PluginState =
  | { readonly name: 'loaded' }
  | { readonly name: 'waiting'; readonly reason: string }
  | { readonly name: 'starting' }
  | { readonly name: 'running' }
  | { readonly name: 'restarting'; readonly after: number }
  | { readonly name: 'failed'; readonly error: unknown }
  | { readonly name: 'disabled' }
  | { readonly name: 'stopped' };

/** Whether two states say the same; a failure is always new. */
export function isSameState(a: PluginState, b: PluginState): boolean {
  if (a.name === 'failed') return false;
  if (a.name === 'waiting' && b.name === 'waiting') return a.reason === b.reason;
  if (a.name === 'restarting' && b.name === 'restarting') return a.after === b.after;
  return a.name === b.name;
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
