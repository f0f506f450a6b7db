import { isRefusal } from '@pertybot/core';
import type { Output } from '../../gpio.js';
import type { GadgetContext } from '../gadget-kind.js';
import type { VerbResult } from './verb.js';

/** Milliseconds on, off, on, … by turns. */
export type Pattern = readonly number[];

/**
 * Switches an output on and off by turns; whatever ends it, it is off afterwards.
 * @returns the guard's refusal of the first step, or the ongoing rest
 */
export async function playPattern(
  output: Pick<Output, 'on' | 'off'>,
  pattern: Pattern,
  { sleep, signal }: Pick<GadgetContext, 'sleep' | 'signal'>,
): Promise<VerbResult> {
  const [first = 0, ...others] = pattern;
  const refusal = await output.on();
  if (refusal) return refusal;
  const rest = async () => {
    try {
      await sleep(first, signal);
      for (const [index, length] of others.entries()) {
        const result = await (index % 2 === 0 ? output.off() : output.on());
        if (isRefusal(result)) return result;
        await sleep(length, signal);
      }
      return undefined;
    } finally {
      await output.off();
    }
  };
  return { rest: rest(), lasts: pattern.reduce((sum, length) => sum + length, 0) };
}

/** A pattern of `times` equal turns, without a pause behind the last. */
export function repeated(times: number, on: number, off: number): Pattern {
  return Array.from({ length: times }, () => [on, off])
    .flat()
    .slice(0, -1);
}
