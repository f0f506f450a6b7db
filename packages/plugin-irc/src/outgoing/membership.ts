import { Backoff } from '@pertybot/core';

/** First and longest pause before a failed channel is tried again, milliseconds. */
const pauses = { first: 30_000, longest: 600_000 };

/** How the bot stands with one channel that it should be in. */
export interface Membership {
  readonly channel: string;
  state: 'out' | 'joining' | 'in';
  /** When it may be tried, or how long an answer is waited for; time of the clock. */
  due: number;
  /** Attempts without success, on this connection. */
  attempts: number;
  /** The pauses between attempts; they begin anew with each connection. */
  readonly backoff: Backoff;
  /** Twitch's id of the channel, once joined. */
  roomId: string | undefined;
  /** Why the last attempt failed. */
  problem: string | undefined;
}

/** How it stands before the first try. */
export function createMembership(channel: string): Membership {
  return {
    channel,
    state: 'out',
    due: 0,
    attempts: 0,
    backoff: new Backoff(pauses),
    roomId: undefined,
    problem: undefined,
  };
}

/** Longest JOIN line, characters; IRC allows 510. */
const longestLine = 450;

/**
 * The JOIN lines for `memberships`: those tried for the first time together, since Twitch takes lists; the
 * others alone, in case one of a list spoils it.
 */
export function toJoinLines(memberships: readonly Membership[]): readonly string[] {
  const lines: string[] = [];
  let list = '';
  for (const { channel, attempts } of memberships) {
    if (attempts > 0) {
      lines.push(`JOIN #${channel}`);
    } else if (list === '') {
      list = `JOIN #${channel}`;
    } else if (list.length + channel.length + 2 > longestLine) {
      lines.push(list);
      list = `JOIN #${channel}`;
    } else {
      list += `,#${channel}`;
    }
  }
  return list === '' ? lines : [list, ...lines];
}

/** Forgets what was tried, as on a new connection. */
export function restart(membership: Membership): void {
  membership.state = 'out';
  membership.due = 0;
  membership.attempts = 0;
  membership.backoff.reset();
}
