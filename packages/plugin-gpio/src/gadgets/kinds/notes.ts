import { isRefusal } from '@pertybot/core';
import type { Output } from '../../gpio.js';
import type { GadgetContext } from '../gadget-kind.js';
import type { VerbResult } from '../verbs/verb.js';

/** A tone of a melody, or a pause. */
export interface Note {
  /** Turns a second; undefined for a pause. */
  readonly frequency: number | undefined;
  /** Length in milliseconds. */
  readonly length: number;
}

/** Most notes of one melody. */
const mostNotes = 20;

/** Most beats of one note. */
const mostBeats = 4;

/** Share of a note that sounds, so that two equal ones are heard as two. */
const sounding = 0.85;

/** Half tones from c. */
const halfTones: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };

const noteForm = /^(?:([a-g])([#b]?)([2-7])?|(\d{2,5})hz|(_))(?::([1-4]))?$/;

/** Limits of what an ear hears, turns a second. */
export const lowestTone = 20;

export const highestTone = 20_000;

/** The longest time that a melody takes. @param beat milliseconds */
export function longestMelody(beat: number): number {
  return mostNotes * mostBeats * beat;
}

/**
 * Reads notes such as `c4,e4,g4:2`, `440hz` or `_` for a pause, parted by commas or spaces; `:2` is two
 * beats. The octave is the fourth, in which a is 440 Hz, unless it is named.
 * @param beat milliseconds
 * @returns undefined when `text` is something else, or too long
 */
export function parseNotes(text: string, beat: number): readonly Note[] | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/);
  if (words.length > mostNotes) return undefined;
  const notes = words.flatMap((word) => parseNote(word, beat) ?? []);
  return notes.length === words.length ? notes : undefined;
}

function parseNote(word: string, beat: number): Note | undefined {
  const [, letter = '', sign, octave = '4', hertz, pause, beats = '1'] = noteForm.exec(word) ?? [];
  const length = beat * Number(beats);
  if (pause) return { frequency: undefined, length };
  const frequency = hertz ? Number(hertz) : toFrequency(letter, sign, Number(octave));
  if (frequency === undefined || frequency < lowestTone || frequency > highestTone)
    return undefined;
  return { frequency, length };
}

/** In equal temperament. */
function toFrequency(letter: string, sign: string | undefined, octave: number): number | undefined {
  const half = halfTones[letter];
  if (half === undefined) return undefined;
  const shift = sign === '#' ? 1 : sign === 'b' ? -1 : 0;
  const fromA4 = half + shift + 12 * (octave - 4) - 9;
  return Math.round(440 * 2 ** (fromA4 / 12) * 100) / 100;
}

/**
 * Plays notes on an output with hardware PWM; whatever ends it, it is off afterwards.
 * @returns the guard's refusal of the first note, or the ongoing rest
 */
export async function playNotes(
  horn: Pick<Output, 'on' | 'off' | 'tune'>,
  notes: readonly Note[],
  { sleep, signal }: Pick<GadgetContext, 'sleep' | 'signal'>,
): Promise<VerbResult> {
  const [first, ...others] = notes;
  const begin = async ({ frequency }: Note) => {
    if (frequency === undefined) return undefined;
    await horn.tune(frequency);
    return horn.on();
  };
  const end = async ({ length }: Note) => {
    await sleep(length * sounding, signal);
    await horn.off();
    await sleep(length * (1 - sounding), signal);
  };
  if (!first) return undefined;
  const refusal = await begin(first);
  if (isRefusal(refusal)) return refusal;
  const rest = async () => {
    try {
      await end(first);
      for (const note of others) {
        const late = await begin(note);
        if (isRefusal(late)) return late;
        await end(note);
      }
      return undefined;
    } finally {
      await horn.off();
    }
  };
  return { rest: rest(), lasts: notes.reduce((sum, { length }) => sum + length, 0) };
}
