import type { Replies, ReplyValues } from '@pertybot/core';
import type { Action } from './action.js';
import { stateInWords, timesInWords } from './state-in-words.js';

/** Of whom it is said. */
interface Doer {
  readonly gadget: string;
  readonly state: string;
  /** What the owner has said of his own, by verb. */
  readonly own: Readonly<Record<string, string>>;
}

/** What chat is told when `action` was accepted. */
export function verbReply({ name, verb, text }: Action, doer: Doer, replies: Replies): string {
  const said = verb.reply ?? 'gadget.done';
  const template = doer.own[name] ?? replies.template(said) ?? said;
  const values: ReplyValues = {
    gadget: doer.gadget,
    state: stateInWords(doer.state),
    value: text,
    times: timesInWords(text),
  };
  return replies.fill(template, values).replace(/ {2,}/g, ' ').trim();
}
