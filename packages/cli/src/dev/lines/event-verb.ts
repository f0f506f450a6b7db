import type { Actor } from './actor.js';
import type { TwitchEvent } from './twitch-event.js';

/** A line `NAME VERB WORDS : TEXT` in parts. */
export interface EventLine {
  readonly by: Actor;
  /** What stands between the verb and the text. */
  readonly words: readonly string[];
  /** Empty where there is none. */
  readonly text: string;
}

/** What somebody can do in the simulated chat beside writing. */
export interface EventVerb {
  readonly verb: string;
  /** Other words for the same. */
  readonly also: readonly string[];
  /** A line that lets it happen. */
  readonly example: string;
  /** What else may be written. */
  readonly about: string;
  /** What it asks for, behind "takes". */
  readonly takes: string;
  /** @returns undefined when the words do not fit */
  read(line: EventLine): TwitchEvent | undefined;
}

/** The number that the only word is, if it lies between 1 and `most`. */
export function numberIn(words: readonly string[], most: number): number | undefined {
  const [word = ''] = words;
  const number = /^\d{1,9}$/.test(word) ? Number(word) : 0;
  return words.length === 1 && number >= 1 && number <= most ? number : undefined;
}

/** The login that the only word is. Names of digits alone are taken for numbers. */
export function viewerIn(words: readonly string[]): string | undefined {
  const login = /^@?([a-z0-9_]{1,25})$/i.exec(words[0] ?? '')?.[1]?.toLowerCase();
  return words.length === 1 && login !== undefined && /\D/.test(login) ? login : undefined;
}
