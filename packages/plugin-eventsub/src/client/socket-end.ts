/** How a socket ended. */
export interface SocketEnd {
  /** Of the close frame; 1006 where there was none. */
  readonly code: number;
  /** What happened, for people, without a full stop. */
  readonly text: string;
  /** Whether it was closed on our side, because nobody needs it. */
  readonly isOurs: boolean;
}

/** What Twitch's close codes mean: https://dev.twitch.tv/docs/eventsub/handling-websocket-events/#close-message. */
const meanings: Readonly<Record<number, string>> = {
  1000: 'Twitch closed the connection',
  1001: 'Twitch closed the connection',
  1006: 'the connection was cut',
  4000: 'Twitch had an internal error',
  4001: 'Twitch heard something from us, which it must not',
  4002: 'Twitch got no answer to its ping',
  4003: 'Twitch saw no subscription in time',
  4004: 'Twitch waited in vain for the move to another server',
  4005: 'Twitch had a network time-out',
  4006: 'Twitch had a network error',
  4007: 'Twitch does not take the address that it gave for the move',
};

/** Says what a close code means. @param cause what Node says of a connection that was cut */
export function describeEnd(code: number, cause: string | undefined): string {
  const meaning = meanings[code] ?? 'Twitch closed the connection';
  if (cause !== undefined) return `${meaning}: ${cause}`;
  return code in meanings && code < 4_000 ? meaning : `${meaning} (${code})`;
}
