import type { BotReport } from '@pertybot/core/host';
import type { PageReport } from '../shared/feed.js';

/** Milliseconds by which a time to come may differ from look to look without being another one. */
const jitter = 200;

/**
 * The report with times of day for what is left of something, which would be another one at each look.
 * @param before the report of the last look
 * @param now milliseconds since 1970
 */
export function toPageReport(
  { outputs, gadgets, ...rest }: BotReport,
  before: PageReport | undefined,
  now: number,
): PageReport {
  return {
    ...rest,
    outputs: outputs.map(({ onTimeLeft, ...output }) => {
      if (onTimeLeft === undefined) return output;
      const known = before?.outputs.find(({ pin }) => pin === output.pin)?.offAt;
      return { ...output, offAt: steady(now + onTimeLeft, known) };
    }),
    gadgets: gadgets.map(({ ballot, ...gadget }) => {
      if (ballot === undefined) return gadget;
      const { closesIn, ...stands } = ballot;
      const known = before?.gadgets.find(({ name }) => name === gadget.name)?.ballot?.closesAt;
      return { ...gadget, ballot: { ...stands, closesAt: steady(now + closesIn, known) } };
    }),
  };
}

function steady(at: number, known: number | undefined): number {
  return known !== undefined && Math.abs(known - at) < jitter ? known : Math.round(at);
}
