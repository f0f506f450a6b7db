import type { TakeoverNote } from '@pertybot/core/host';
import { type RefundReason, reasonOf } from '../refund-reason.js';
import type { LeftEntry } from './journal-entry.js';

/** What becomes of a redemption that a bot before has left open, and why. */
export type Judgement =
  | { readonly status: 'FULFILLED'; readonly because: string }
  | { readonly status: 'CANCELED'; readonly because: RefundReason };

/** Seconds by which a guardian may know of a movement before the journal does. */
const margin = 1;

/**
 * Judges what a journal holds after a kill. What was about to move counts as moved, and is never run again,
 * unless a guardian that outlived the bot has seen that no output left its safe level since.
 */
export function judgeLeft(entry: LeftEntry, notes: readonly TakeoverNote[]): Judgement {
  switch (entry.state) {
    case 'moved':
      return { status: 'FULFILLED', because: 'It had moved.' };
    case 'refund':
      return { status: 'CANCELED', because: reasonOf('points.untold', entry.title) };
    case 'intent':
      return neverMoved(entry, notes)
        ? { status: 'CANCELED', because: reasonOf('points.died', entry.title) }
        : { status: 'FULFILLED', because: `The bot went down while ${entry.what ?? 'it'} moved.` };
  }
}

function neverMoved(entry: LeftEntry, notes: readonly TakeoverNote[]): boolean {
  const begin = entry.at - margin;
  const after = notes.filter(({ boot, ended }) => boot === entry.boot && ended >= begin);
  const watchedAll = after.some(({ began }) => began < begin);
  if (entry.boot === '' || !watchedAll) return false;
  return after.every(({ outputs }) =>
    outputs.every(({ safe, lastOn }) => safe && (lastOn === undefined || lastOn < begin)),
  );
}
