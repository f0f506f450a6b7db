import type { EventSubSession } from './eventsub-session.js';
import type { Subscription } from './subscription.js';

/** An event on its way to one subscription. */
export interface SentNotification {
  readonly subscription: Subscription;
  /** Shared by its copies. */
  readonly messageId: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** What happens on the EventSub side. */
export interface EventSubEvents {
  /** A WebSocket is open. */
  connect: { readonly session: EventSubSession };
  /** A session has been welcomed. */
  welcome: { readonly session: EventSubSession };
  /** A subscription was created. */
  subscribe: { readonly subscription: Subscription };
  /** A subscription was refused. */
  subscribeRefused: { readonly type: string; readonly status: number; readonly message: string };
  /** A subscription was deleted by its owner. */
  unsubscribe: { readonly subscription: Subscription };
  /** A subscription was revoked. */
  revoke: { readonly subscription: Subscription };
  /** An event was sent. */
  notification: SentNotification;
  /** A new session has taken the place of an old one. */
  move: { readonly from: EventSubSession; readonly to: EventSubSession };
  /** A connection is over. */
  disconnect: { readonly session: EventSubSession; readonly code: number };
}
