import type { Refusal } from '@pertybot/core';
import type { SaidRefusal } from '../protocol/messages.js';

/** A refusal as it goes to the host: its reason and its sentence, as this machine says it. */
export function toSaidRefusal({ reason, text, values = {}, retryAfter }: Refusal): SaidRefusal {
  const plain = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 200,
  );
  const isPlain = plain.length === Object.keys(values).length && plain.length <= 12;
  return {
    reason,
    text: (text ?? reason).slice(0, 400),
    ...(isPlain && plain.length > 0 ? { values: Object.fromEntries(plain) } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter: Math.max(0, retryAfter) }),
  };
}
