/** What arrives over a socket of EventSub: https://dev.twitch.tv/docs/eventsub/websocket-reference. */
export type Frame =
  | { readonly kind: 'welcome'; readonly sessionId: string; readonly keepalive: number }
  | { readonly kind: 'keepalive' }
  | { readonly kind: 'notification'; readonly notification: Notification }
  | { readonly kind: 'reconnect'; readonly url: string }
  | { readonly kind: 'revocation'; readonly subscription: FrameSubscription }
  /** Of a kind that Twitch has added; it is a sign of life all the same. */
  | { readonly kind: 'unknown'; readonly type: string }
  | { readonly kind: 'malformed' };

/** An event, or several where Twitch sends them together. */
export interface Notification {
  readonly messageId: string;
  readonly subscription: FrameSubscription;
  readonly events: readonly unknown[];
}

/** The subscription that a frame is about. */
export interface FrameSubscription {
  readonly id: string;
  readonly type: string;
  readonly version: string;
  /** Such as `enabled`, or why it was revoked. */
  readonly status: string;
  /** Ids that its condition names. */
  readonly about: readonly string[];
}

/** How long Twitch is silent at most where its welcome does not say, milliseconds. */
const usualKeepalive = 10_000;

/** Reads a frame. Never throws. */
export function readFrame(text: string): Frame {
  try {
    return read(JSON.parse(text));
  } catch {
    return { kind: 'malformed' };
  }
}

type Values = Readonly<Record<string, unknown>>;

function read(frame: Values): Frame {
  const metadata = frame.metadata as Values;
  const payload = (frame.payload ?? {}) as Values;
  const type = String(metadata.message_type);
  switch (type) {
    case 'session_welcome':
      return readWelcome(payload.session as Values);
    case 'session_keepalive':
      return { kind: 'keepalive' };
    case 'notification':
      return readNotification(metadata, payload);
    case 'session_reconnect': {
      const { reconnect_url: url } = payload.session as Values;
      return typeof url === 'string' ? { kind: 'reconnect', url } : { kind: 'malformed' };
    }
    case 'revocation':
      return {
        kind: 'revocation',
        subscription: readSubscription(payload.subscription as Values),
      };
    default:
      return { kind: 'unknown', type };
  }
}

function readWelcome({ id, keepalive_timeout_seconds: seconds }: Values): Frame {
  if (typeof id !== 'string' || id === '') return { kind: 'malformed' };
  const isTold = typeof seconds === 'number' && seconds > 0;
  return { kind: 'welcome', sessionId: id, keepalive: isTold ? seconds * 1_000 : usualKeepalive };
}

function readNotification({ message_id: messageId }: Values, payload: Values): Frame {
  const subscription = readSubscription(payload.subscription as Values);
  if (typeof messageId !== 'string') return { kind: 'malformed' };
  const events = Array.isArray(payload.events)
    ? payload.events.map((each: Values) => each.data)
    : [payload.event];
  return { kind: 'notification', notification: { messageId, subscription, events } };
}

function readSubscription(subscription: Values): FrameSubscription {
  const { id, type, version, status, condition } = subscription;
  return {
    id: String(id),
    type: String(type),
    version: String(version),
    status: String(status),
    // Seldom asked for, and on the way of every event.
    get about() {
      return Object.values(condition ?? {}).map(String);
    },
  };
}
