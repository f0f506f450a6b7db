/** How the EventSub side behaves; what is missing is as Twitch has it. */
export interface EventSubOptions {
  /** Milliseconds from the welcome to the first subscription, else 4003. @default 10000 */
  readonly subscribeWithin?: number;
  /** The fewest seconds of silence that a client may ask for, and those that it gets unasked. @default 10 */
  readonly leastKeepalive?: number;
  /** Milliseconds from `session_reconnect` to the end of the old socket. @default 30000 */
  readonly reconnectWithin?: number;
  /** Milliseconds until a socket that was cut without a close frame is noticed. @default 10000 */
  readonly cutNoticedAfter?: number;
  /** Milliseconds for which dead subscriptions are listed. @default 60000 */
  readonly rememberDeadFor?: number;
  /** Milliseconds between pings; a client that has not answered at the next is closed with 4002. @default 30000 */
  readonly pingInterval?: number;
  /** Milliseconds between two progress messages of a poll, a prediction or a hype train. @default 1000 */
  readonly progressInterval?: number;
}

/** {@link EventSubOptions} in full. */
export type EventSubTimes = Required<EventSubOptions>;

/** The times that an option stands for. */
export function toTimes(options: EventSubOptions = {}): EventSubTimes {
  return {
    subscribeWithin: 10_000,
    leastKeepalive: 10,
    reconnectWithin: 30_000,
    // How long Twitch takes to notice is not documented.
    cutNoticedAfter: 10_000,
    rememberDeadFor: 60_000,
    pingInterval: 30_000,
    progressInterval: 1_000,
    ...options,
  };
}
