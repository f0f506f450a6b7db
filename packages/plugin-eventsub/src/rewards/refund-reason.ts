import { allSentences, type SaidReply, SpokenReplies } from '@pertybot/core/host';
import { eventsubReplies } from '../replies.js';

/** Why points go back: a sentence by its key, which the owner may say otherwise, or one that was made already. */
export type RefundReason = string | SaidReply;

/** A reason of core's or of ours. @param title of the reward */
export function reasonOf(reply: string, title: string): SaidReply {
  return { reply, values: { title }, otherwise: 'It cannot be done now.' };
}

/** The reason in English, for the log. */
export function inPlainWords(reason: RefundReason): string {
  const plain = new SpokenReplies(allSentences([{ replies: eventsubReplies }]));
  return plain.fill('{why}', { why: reason });
}
