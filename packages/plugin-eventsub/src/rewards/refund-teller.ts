import type { Clock, Undo } from '@pertybot/core';

/** Points that went back. */
export interface Refund {
  /** Channel login. */
  readonly channel: string;
  /** The viewer's name as shown. */
  readonly user: string;
  readonly title: string;
  /** Why, a sentence. */
  readonly because: string;
}

/** Milliseconds in which refunds of one channel go into one line. */
const window = 5_000;

/** Names that a line has room for. */
const mostNames = 10;

/** What a {@link RefundTeller} needs. */
export interface RefundTellerOptions {
  readonly clock: Clock;
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
    this.options.say(channel, toRefundLine(known.refunds));
  }
}

/** The line for chat. */
export function toRefundLine(refunds: readonly Refund[]): string {
  const [first] = refunds;
  if (first === undefined) return '';
  if (refunds.length === 1) {
    const { user, title, because } = first;
    return `@${user} your points for "${title}" are back: ${toClause(because)}`;
  }
  const names = [...new Set(refunds.map(({ user }) => user))];
  const more = names.length - mostNames;
  const who = names.slice(0, mostNames).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `Points of ${refunds.length} redemptions are back (${who}): ${reasonsOf(refunds)}`;
}

/** Each reason once, with its rewards; where they are many, the most frequent ones. */
function reasonsOf(refunds: readonly Refund[]): string {
  const counts = new Map<string, { count: number; titles: Set<string> }>();
  for (const { because, title } of refunds) {
    const known = counts.get(because) ?? { count: 0, titles: new Set() };
    known.count += 1;
    known.titles.add(title);
    counts.set(because, known);
  }
  const sorted = [...counts].sort(([, one], [, other]) => other.count - one.count);
  const told = sorted.slice(0, 2).map(([because, { titles }]) => {
    const [title = '', ...others] = titles;
    const which = others.length === 0 ? `"${title}"` : `"${title}" and others`;
    return `${which}: ${toClause(because)}`;
  });
  return told.join(' ');
}

/** Ends as a sentence does. */
function toClause(because: string): string {
  const text = because.trim();
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
