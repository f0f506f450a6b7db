import type { Actor, TwitchEvent } from './twitch-event.js';

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
