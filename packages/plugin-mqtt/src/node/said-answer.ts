import type { Refusal } from '@pertybot/core';
import type { Performed } from '@pertybot/core/host';
import { type Answer, largest, type SaidRefusal } from '../protocol/messages.js';

/**
 * What was done, cut to what a host reads: an answer that it throws away is a wish that it takes back, and pays back,
 * though it has moved.
 */
export function toMoved(wish: string, { text, place, lasts }: Performed): Answer {
  return {
    ...{ is: 'moved', wish, text: text.slice(0, 500) },
    ...(place !== undefined && isTime(place) ? { place: Math.floor(place) } : {}),
    ...(lasts !== undefined && isTime(lasts) ? { lasts } : {}),
  };
}

/** A refusal, whoever made it up, cut to what a host reads: its reason and its sentence, as this machine says it. */
export function toSaidRefusal({ reason, text, values = {}, retryAfter }: Refusal): SaidRefusal {
  const said = {
    reason: reason.replace(/[^\w.-]/g, '-').slice(0, 40) || 'refused',
    text: (text ?? reason).slice(0, 400),
    ...(retryAfter !== undefined && isTime(Math.max(0, retryAfter))
      ? { retryAfter: Math.max(0, retryAfter) }
      : {}),
  };
  const plain = Object.entries(values).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[1].length <= 200 && entry[0].length <= 20,
  );
  const isPlain = plain.length === Object.keys(values).length && plain.length <= 12;
  if (!isPlain || plain.length === 0) return said;
  const whole = { ...said, values: Object.fromEntries(plain) };
  return Buffer.byteLength(JSON.stringify(whole)) > largest - 200 ? said : whole;
}

/** One without an end is no number in JSON. */
function isTime(time: number): boolean {
  return Number.isFinite(time) && time >= 0;
}
