import type { Undo } from '../event-hub.js';
import { ScriptedFaults } from '../scripted-faults.js';

/** The endpoints of the OAuth side, by the last part of their path. */
export type EndpointName = 'authorize' | 'token' | 'validate' | 'revoke' | 'device' | 'activate';

/** How an answer goes wrong. Several fields may be given together. */
export interface IdFault {
  /** Answers with this status and does not process the request. */
  readonly status?: number;
  /** The message that goes with `status`. */
  readonly message?: string;
  /** More headers, such as `Ratelimit-Reset`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds before the request is processed; not at all if the caller has gone by then. */
  readonly delay?: number;
  /**
   * - `drop`: the connection ends before the request is processed
   * - `lose-answer`: it is processed, a refresh token rotated, and the answer never sent
   * - `cut`: it is processed and half of the answer's body sent
   * - `stall`: nothing is ever answered
   */
  readonly connection?: 'drop' | 'lose-answer' | 'cut' | 'stall';
  /** The body is no JSON, or is missing. */
  readonly body?: 'malformed' | 'html' | 'empty' | 'null';
  /** How `scope` is written. */
  readonly scope?: 'array' | 'string' | 'absent';
  /** Leaves `expires_in` out, or gives it this value. */
  readonly expiresIn?: 'absent' | number;
  /** Leaves the refresh token out of the answer; the one before then stays good. */
  readonly refreshToken?: 'absent';
  /** Whether an error carries `"error":"Bad Request"` too. */
  readonly errorKey?: boolean;
}

/** Lets chosen answers of the OAuth side go wrong. */
export class IdFaults {
  private readonly scripts = new ScriptedFaults<EndpointName, IdFault>();
  private readonly gates = new Map<EndpointName, Promise<void>>();

  /** The next `times` answers of `endpoint` go wrong this way. @param times @default 1 */
  next(endpoint: EndpointName, fault: IdFault, times = 1): void {
    this.scripts.next(endpoint, fault, times);
  }

  /** Every answer of `endpoint` goes wrong this way until undone; `next` comes first. */
  always(endpoint: EndpointName, fault: IdFault): Undo {
    return this.scripts.always(endpoint, fault);
  }

  /** Holds every request to `endpoint` back, unprocessed, until the returned undo is called. */
  hold(endpoint: EndpointName): Undo {
    let open: Undo = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.gates.set(endpoint, gate);
    return () => {
      if (this.gates.get(endpoint) === gate) this.gates.delete(endpoint);
      open();
    };
  }

  /** All faults of one endpoint, or of every one, are over. Requests held back stay held. */
  clear(endpoint?: EndpointName): void {
    this.scripts.clear(endpoint);
  }

  /** @internal takes the fault of the next answer */
  take(endpoint: EndpointName): IdFault {
    return this.scripts.take(endpoint) ?? {};
  }

  /** @internal resolves when nothing holds `endpoint` */
  async passed(endpoint: EndpointName): Promise<void> {
    await this.gates.get(endpoint);
  }
}
