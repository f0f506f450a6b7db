import type { Clock, Replies, Undo } from '@pertybot/core';
import type { RefundReason } from './refund-reason.js';

/** Points that went back. */
export interface Refund {
  /** Channel login. */
  readonly channel: string;
  /** The viewer's name as shown. */
  readonly user: string;
  readonly title: string;
  /** Why, a sentence. */
  readonly because: RefundReason;
}

/** Milliseconds in which refunds of one channel go into one line. */
const window = 5_000;

/** Names that a line has room for. */
const mostNames = 10;

/** Reasons that a line has room for. */
const mostReasons = 2;

/** What a {@link RefundTeller} needs. */
export interface RefundTellerOptions {
  readonly clock: Clock;
  /** As the owner wants them now. */
  readonly replies: Replies;
  readonly say: (channel: string, text: string) => void;
}

/** Tells chat that points are back, and why: what comes within 5 s in one line. */
export class RefundTeller {
  private readonly gathered = new Map<string, { refunds: Refund[]; cancel: Undo }>();

  constructor(private readonly options: RefundTellerOptions) {}

  tell(refund: Refund): void {
    const { channel } = refund;
    const known = this.gathered.get(channel);
    if (known) {
      known.refunds.push(refund);
      return;
    }
    const cancel = this.options.clock.after(window, () => this.flush(channel));
    this.gathered.set(channel, { refunds: [refund], cancel });
  }

  /** Tells at once what was gathered. */
  flushAll(): void {
    for (const channel of [...this.gathered.keys()]) this.flush(channel);
  }

  private flush(channel: string): void {
    const known = this.gathered.get(channel);
    if (!known) return;
    known.cancel();
    this.gathered.delete(channel);
    const line = toRefundLine(known.refunds, this.options.replies);
    if (line !== undefined) this.options.say(channel, line);
  }
}

/** The line for chat; undefined where nothing is to be said. */
export function toRefundLine(refunds: readonly Refund[], replies: Replies): string | undefined {
  const [first] = refunds;
  if (first === undefined) return undefined;
  if (refunds.length === 1) {
    const { user, title, because } = first;
    return replies.text('points.back', { user, title, why: toSentence(because, replies) });
  }
  return replies.text('points.backMany', {
    count: String(refunds.length),
    users: usersOf(refunds, replies),
    reasons: reasonsOf(refunds, replies),
  });
}

function usersOf(refunds: readonly Refund[], replies: Replies): string {
  const all = [...new Set(refunds.map(({ user }) => user))];
  const users = all.slice(0, mostNames).join(', ');
  const more = all.length - mostNames;
  if (more <= 0) return users;
  return replies.text('points.more', { users, count: String(more) }) ?? users;
}

/** Each reason once, with its rewards; where they are many, the most frequent ones. */
function reasonsOf(refunds: readonly Refund[], replies: Replies): string {
  const counts = new Map<string, { count: number; titles: Set<string> }>();
  for (const { because, title } of refunds) {
    const why = toSentence(because, replies);
    const known = counts.get(why) ?? { count: 0, titles: new Set() };
    known.count += 1;
    known.titles.add(title);
    counts.set(why, known);
  }
  const sorted = [...counts].sort(([, one], [, other]) => other.count - one.count);
  const told = sorted.slice(0, mostReasons).flatMap(([why, { titles }]) => {
    const [title = '', ...others] = titles;
    const key = others.length === 0 ? 'points.reason' : 'points.others';
    return replies.text(key, { title, why }) ?? [];
  });
  return told.join(' ');
}

/** The reason in the owner's words; it ends as a sentence does. */
function toSentence(because: RefundReason, replies: Replies): string {
  const text = replies.fill('{why}', { why: because }).trim();
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}
