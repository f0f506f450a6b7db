import { v } from '@pertybot/core';

/** A redemption that Twitch has not been told the end of, as the journal keeps it. */
export interface JournalEntry {
  /** Twitch's id of the redemption. */
  readonly id: string;
  /** Twitch's id of the reward. */
  readonly rewardId: string;
  /** Channel login. */
  readonly channel: string;
  /** The viewer's name as shown. */
  readonly user: string;
  readonly title: string;
  /** What was about to move, for people, such as `lamp (GPIO17)`; undefined where nobody said. */
  readonly what?: string | undefined;
  /** Seconds that the machine had been up when it was written. */
  readonly at: number;
  /** Which start of the machine that was; empty where the system does not say. */
  readonly boot: string;
}

/** How far it came: a pin was about to move, it has moved, or the points are to go back. */
export type JournalState = 'intent' | 'moved' | 'refund';

/** An entry and how far it came. */
export interface LeftEntry extends JournalEntry {
  readonly state: JournalState;
}

const intentLine = v.object({
  intent: v.object({
    id: v.string(),
    rewardId: v.string(),
    channel: v.string(),
    user: v.string(),
    title: v.string(),
    what: v.optional(v.string()),
    at: v.number(),
    boot: v.string(),
  }),
});

const line = v.union([
  intentLine,
  v.object({ moved: v.string() }),
  v.object({ refund: v.string() }),
  v.object({ settled: v.string() }),
  /** A bot opened it, at which start of the machine. */
  v.object({ run: v.string() }),
  /** It closed it. */
  v.object({ end: v.string() }),
]);

/** One line of the journal. */
export type JournalLine = v.InferOutput<typeof line>;

/** What a line says; undefined for one that a kill or a full disk has torn. */
export function parseLine(text: string): JournalLine | undefined {
  try {
    const parsed = v.safeParse(line, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** Carries a line out on what was open before it. */
export function applyLine(open: Map<string, LeftEntry>, said: JournalLine): void {
  if ('intent' in said) {
    open.set(said.intent.id, { ...said.intent, state: 'intent' });
    return;
  }
  if ('run' in said || 'end' in said) return;
  if ('settled' in said) {
    open.delete(said.settled);
    return;
  }
  const [id, state] =
    'moved' in said ? ([said.moved, 'moved'] as const) : ([said.refund, 'refund'] as const);
  const entry = open.get(id);
  if (entry) open.set(id, { ...entry, state });
}
