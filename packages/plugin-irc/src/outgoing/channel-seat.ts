/** Where the bot stands with one channel that it should sit in. */
export interface ChannelSeat {
  readonly channel: string;
  state: 'out' | 'joining' | 'in';
  /** When it may be tried, or how long an answer is waited for; time of the clock. */
  due: number;
  /** Attempts without success, on this connection. */
  attempts: number;
  /** Twitch's id of the channel, once joined. */
  roomId: string | undefined;
  /** Why the last attempt failed. */
  problem: string | undefined;
}

/** A seat that nobody has tried to take yet. */
export function createSeat(channel: string): ChannelSeat {
  return {
    channel,
    state: 'out',
    due: 0,
    attempts: 0,
    roomId: undefined,
    problem: undefined,
  };
}

/** Longest JOIN line, characters; IRC allows 510. */
const longestLine = 450;

/**
 * The JOIN lines for `seats`: those tried for the first time together, since Twitch takes lists; the
 * others alone, in case one of a list spoils it.
 */
export function toJoinLines(seats: readonly ChannelSeat[]): readonly string[] {
  const lines: string[] = [];
  let list = '';
  for (const { channel, attempts } of seats) {
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
