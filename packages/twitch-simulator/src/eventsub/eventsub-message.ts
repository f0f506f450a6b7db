import { randomUUID } from 'node:crypto';
import { toTwitchTime } from '../twitch-time.js';
import type { Subscription } from './subscription.js';

/** A frame of EventSub, before it is JSON. */
export interface EventSubMessage {
  readonly metadata: Readonly<Record<string, string>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A session as its messages tell of it. */
export interface SessionInMessage {
  readonly id: string;
  readonly status: 'connected' | 'reconnecting';
  readonly connected: string;
  /** Seconds; none in the message that moves the session. */
  readonly keepalive: number | null;
  readonly reconnectUrl: string | null;
}

/** `session_welcome`, `session_reconnect`. @param at milliseconds since 1970 */
export function sessionMessage(
  type: 'session_welcome' | 'session_reconnect',
  session: SessionInMessage,
  at: number,
): EventSubMessage {
  const { id, status, connected, keepalive, reconnectUrl } = session;
  return {
    metadata: metadata(type, at),
    payload: {
      session: {
        id,
        status,
        connected_at: connected,
        keepalive_timeout_seconds: keepalive,
        reconnect_url: reconnectUrl,
        recovery_url: null,
      },
    },
  };
}

/** `session_keepalive`. @param at milliseconds since 1970 */
export function keepaliveMessage(at: number): EventSubMessage {
  return { metadata: metadata('session_keepalive', at), payload: {} };
}

/** `notification`, with its event; `revocation` without one. @param at milliseconds since 1970 */
export function subscriptionMessage(
  subscription: Subscription,
  event: Readonly<Record<string, unknown>> | undefined,
  at: number,
): EventSubMessage {
  const { id, status, type, version, cost, condition, sessionId, created } = subscription;
  return {
    metadata: {
      ...metadata(event === undefined ? 'revocation' : 'notification', at),
      subscription_type: type,
      subscription_version: version,
    },
    payload: {
      subscription: {
        id,
        status,
        type,
        version,
        cost,
        condition,
        transport: { method: 'websocket', session_id: sessionId },
        created_at: created,
      },
      ...(event !== undefined && { event }),
    },
  };
}

function metadata(type: string, at: number): Readonly<Record<string, string>> {
  return {
    message_id: randomUUID(),
    message_type: type,
    message_timestamp: toTwitchTime(at),
  };
}
