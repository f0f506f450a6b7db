import type { RefusalReason } from './events.js';

/** An ordinary no: somebody asked for what is not allowed now. It is returned, never thrown. */
export interface Refusal {
  readonly refused: true;
  readonly reason: RefusalReason;
  /** A sentence that chat can be told. */
  readonly text?: string;
  /** Milliseconds until it would be allowed. */
  readonly retryAfter?: number;
}

/** Makes a {@link Refusal}. */
export function refuse(
  reason: RefusalReason,
  details: Omit<Refusal, 'refused' | 'reason'> = {},
): Refusal {
  return { refused: true, reason, ...details };
}

/** Whether `value` is a {@link Refusal}. */
export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' && value !== null && 'refused' in value && value.refused === true
  );
}
