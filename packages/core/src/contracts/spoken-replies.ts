import { formatDuration } from './duration.js';
import {
  fillReply,
  type RefusalWords,
  type Replies,
  type ReplyValues,
  type SaidReply,
  type Sentences,
  sentenceOf,
} from './replies.js';

/** Sentences, with the owner's changes. A bot has one of all that it says; a plugin may make one where no bot is. */
export class SpokenReplies implements Replies {
  /** @param own the owner's texts by key */
  constructor(
    private readonly sentences: Sentences,
    private readonly own: Readonly<Record<string, string>> = {},
  ) {}

  text(key: string, values: ReplyValues = {}): string | undefined {
    const template = this.template(key);
    if (template === undefined) return undefined;
    return toSay(this.fill(template, values));
  }

  /** The owner's text wins, then that of whoever refused, unless its reason has a sentence for what it tells. */
  refusal(refusal: RefusalWords, values: ReplyValues = {}): string | undefined {
    const { reason, text, retryAfter = 0, values: told } = refusal;
    const isWritten = text !== undefined && !(told && sentenceOf(this.sentences, reason));
    if (isWritten && ownOf(this.own, reason) === undefined) return toSay(text);
    const wait = formatDuration(retryAfter);
    return this.text(reason, { wait, text: text ?? '', ...values, ...told });
  }

  template(key: string): string | undefined {
    return ownOf(this.own, key) ?? sentenceOf(this.sentences, key)?.text;
  }

  fill(template: string, values: ReplyValues): string {
    const say = ({ reply, values: inner = {}, otherwise = '' }: SaidReply): string => {
      const within = this.template(reply);
      return within === undefined ? otherwise : fillReply(within, inner, say);
    };
    return fillReply(template, values, say);
  }
}

/** A reason is any text, also `constructor`. */
function ownOf(texts: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

function toSay(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}
