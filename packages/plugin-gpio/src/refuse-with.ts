import { formatDuration, type Refusal, type ReplyValues, refuse, sayPlainly } from '@pertybot/core';
import { gpioReplies } from './replies.js';

/** The reasons for which pins and gadgets refuse. */
export type GpioReason = keyof typeof gpioReplies & string;

/**
 * Refuses with the sentence of that reason, which the owner may have put otherwise.
 * @param retryAfter milliseconds, which the sentence has as `{wait}`
 */
export function refuseWith(reason: GpioReason, values: ReplyValues, retryAfter?: number): Refusal {
  const wait = formatDuration(retryAfter ?? 0);
  const text = sayPlainly(gpioReplies, reason, { wait, ...values });
  return refuse(reason, { text, values, ...(retryAfter === undefined ? {} : { retryAfter }) });
}
