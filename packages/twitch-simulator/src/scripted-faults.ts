import type { Undo } from './event-hub.js';

/** Faults that are planned by name: some for the next few times, one for ever. */
export class ScriptedFaults<Name extends string, Fault> {
  private readonly queued = new Map<Name, { readonly fault: Fault; left: number }[]>();
  private readonly standing = new Map<Name, Fault>();

  /** Plans `fault` for the next `times` takes, behind those that are planned already. */
  next(name: Name, fault: Fault, times = 1): void {
    const queue = this.queued.get(name) ?? [];
    if (times > 0) queue.push({ fault, left: times });
    this.queued.set(name, queue);
  }

  /** Plans `fault` for every take that `next` leaves free. */
  always(name: Name, fault: Fault): Undo {
    this.standing.set(name, fault);
    return () => {
      if (this.standing.get(name) === fault) this.standing.delete(name);
    };
  }

  /** Unplans the faults of that name, or all. */
  clear(name?: Name): void {
    if (name === undefined) {
      this.queued.clear();
      this.standing.clear();
      return;
    }
    this.queued.delete(name);
    this.standing.delete(name);
  }

  /** The fault that is due now, if any; it counts as played. */
  take(name: Name): Fault | undefined {
    const queue = this.queued.get(name);
    const first = queue?.[0];
    if (queue === undefined || first === undefined) return this.standing.get(name);
    first.left -= 1;
    if (first.left <= 0) queue.shift();
    return first.fault;
  }
}
