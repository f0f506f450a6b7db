import { readTakeoverNotes, removeTakeoverNotes } from '@pertybot/core/host';
import type { LeftEntry } from './journal-entry.js';
import { type Judgement, judgeLeft } from './judge-left.js';
import type { RedemptionJournal } from './redemption-journal.js';

/**
 * Judges all that a bot before has left in the journal, by what guardians noted of its end. To be done once, when the
 * pins have been made safe: until then a guardian may still be at work.
 */
export function judgeAllLeft(
  journal: RedemptionJournal,
  stateFolder: string,
): ReadonlyMap<LeftEntry, Judgement> {
  const notes = readTakeoverNotes(stateFolder);
  const judged = new Map(journal.left.map((entry) => [entry, judgeLeft(entry, notes)]));
  for (const [{ id, state }, { status }] of judged) {
    // The notes are gone when the bot is killed once more.
    if (state !== 'intent') continue;
    void (status === 'CANCELED' ? journal.refund(id) : journal.moved(id));
  }
  removeTakeoverNotes(stateFolder);
  return judged;
}
