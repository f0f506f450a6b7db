import { isRefusal } from '@pertybot/core';
import type { Output } from '../../gpio.js';
import type { GadgetContext } from '../gadget-kind.js';
import type { VerbResult } from '../verbs/verb.js';
import type { Note } from './notes.js';

/** Share of a note that sounds, so that two equal ones are heard as two. */
const sounding = 0.85;

/**
 * Plays notes on an output with hardware PWM; whatever ends it, it is off afterwards.
 * @returns the guard's refusal of the first note, or the ongoing rest
 */
export async function playNotes(
  horn: Pick<Output, 'on' | 'off' | 'tune'>,
  [first, ...others]: readonly Note[],
  { sleep, signal }: Pick<GadgetContext, 'sleep' | 'signal'>,
): Promise<VerbResult> {
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
  return { rest: rest() };
}
