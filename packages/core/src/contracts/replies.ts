import { formatDuration } from './duration.js';
import type { InjectionToken } from './injection.js';

/** A sentence by its key, which stands within another one: `on` in "lamp is on". */
export interface SaidReply {
  readonly reply: string;
  readonly values?: ReplyValues;
  /** What is said where no plugin has a sentence of that key. @default nothing */
  readonly otherwise?: string;
}

/** What stands for a name in braces. */
export type ReplyValue = string | SaidReply;

/** Values for the names in braces. */
export type ReplyValues = Readonly<Record<string, ReplyValue>>;

/** Something that the bot says in chat by itself, and the owner may say otherwise. */
export interface Sentence {
  /** In English, with names in braces, such as `{gadget} is busy.`; empty to say nothing. */
  readonly text: string;
  /** Names in braces that it may have beside those in its text. @default none */
  readonly knows?: readonly string[];
  /** When it is said, for editors. */
  readonly about?: string;
}

/**
 * Sentences by key. A text alone is what a refusal of that reason says, and may have what every refusal knows
 * ({@link refusalNames}).
 */
export type Sentences = Readonly<Record<string, string | Sentence>>;

/** Names in braces of every refusal. */
export const refusalNames = [
  ...['user', 'command', 'usage', 'example', 'allowed', 'wait', 'text'],
] as const;

/** A refusal, as far as it is told. */
export interface RefusalWords {
  readonly reason: string;
  readonly text?: string;
  readonly values?: ReplyValues;
  readonly retryAfter?: number;
}

/** What the bot says in chat: the sentences of core and of all plugins, as the owner wants them. Core provides it. */
export interface Replies {
  /**
   * The sentence of a key with `values` in it; what stands in a value is never taken as a template.
   * @returns undefined when nothing is to be said
   */
  text(key: string, values?: ReplyValues): string | undefined;
  /** What chat is told of a refusal. @returns undefined when nothing is to be said */
  refusal(refusal: RefusalWords, values?: ReplyValues): string | undefined;
  /** Puts values in a text of the owner's or of a plugin's own. */
  fill(template: string, values: ReplyValues): string;
  /** The sentence of a key before its values are put in; undefined where nobody has such a key. */
  template(key: string): string | undefined;
}

/** Injection token of {@link Replies}. */
export const Replies: InjectionToken<Replies> = Symbol.for('pertybot.Replies');

/** The sentence as its author wrote it. */
export function sentenceOf(sentences: Sentences, key: string): Sentence | undefined {
  // A reason is any text, also `constructor`.
  const found = Object.hasOwn(sentences, key) ? sentences[key] : undefined;
  return typeof found === 'string' ? { text: found, knows: refusalNames } : found;
}

const name = /\{([^{}]*)\}/g;

/** The names in braces of a template, as they are written. */
export function namesIn(template: string): readonly string[] {
  return [...template.matchAll(name)].map(([, inner = '']) => inner.trim());
}

/** Puts values in the place of names. @param say gives the words of a sentence within */
export function fillReply(
  template: string,
  values: ReplyValues,
  say: (reply: SaidReply) => string,
): string {
  return template.replace(name, (_, inner: string) => {
    const key = inner.trim();
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    return value === undefined || typeof value === 'string' ? (value ?? '') : say(value);
  });
}

/** The sentence of a key as its author wrote it, for logs and where no bot is. */
export function sayPlainly(sentences: Sentences, key: string, values: ReplyValues = {}): string {
  const say = ({ reply, values: inner, otherwise }: SaidReply): string =>
    sentenceOf(sentences, reply) ? sayPlainly(sentences, reply, inner) : (otherwise ?? '');
  return fillReply(sentenceOf(sentences, key)?.text ?? '', values, say);
}

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
