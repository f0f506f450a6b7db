import type { Undo } from '../event-hub.js';
import { ScriptedFaults } from '../scripted-faults.js';

/** How an answer of Helix goes wrong. Several fields may be given together. */
export interface HelixFault {
  /** Answers with this status and does not process the call. */
  readonly status?: number;
  /** The message that goes with `status`. */
  readonly message?: string;
  /** More fields of the error's body, such as the `id` of a 409. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** More headers, such as `Ratelimit-Reset`; they win. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds before the call is processed; not at all if the caller has gone by then. */
  readonly delay?: number;
  /**
   * - `drop`: the connection ends before the call is processed
   * - `lose-answer`: it is processed, and the answer never sent
   * - `stall`: nothing is ever answered
   */
  readonly connection?: 'drop' | 'lose-answer' | 'stall';
  /** The body is no JSON, or is missing. */
  readonly body?: 'malformed' | 'html' | 'empty';
}

/** Lets chosen answers of Helix go wrong, by method and path: `POST eventsub/subscriptions`, or `*`. */
export class HelixFaults {
  private readonly scripts = new ScriptedFaults<string, HelixFault>();

  /** The next `times` answers to `call` go wrong this way. @param times @default 1 */
  next(call: string, fault: HelixFault, times = 1): void {
    this.scripts.next(call, fault, times);
  }

  /** Every answer to `call` goes wrong this way until undone; `next` comes first. */
  always(call: string, fault: HelixFault): Undo {
    return this.scripts.always(call, fault);
  }

  /** All faults of one call, or of every one, are over. */
  clear(call?: string): void {
    this.scripts.clear(call);
  }

  /** @internal takes the fault of the next answer */
  take(call: string): HelixFault {
    return this.scripts.take(call) ?? this.scripts.take('*') ?? {};
  }
}
