/** A signal that does not fire while something is being finished that must not be torn apart. */
export class PatientSignal {
  private readonly controller = new AbortController();
  private busy = 0;
  private postponed: { readonly reason: unknown } | undefined;

  /** Fires once it may. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Fires the signal, or lets it wait until what is being finished has failed. */
  abort(reason?: unknown): void {
    if (this.busy === 0) this.controller.abort(reason);
    else this.postponed ??= { reason };
  }

  /** Aborts when `other` does. @returns the undo */
  follow(other: AbortSignal | undefined): () => void {
    const onAbort = () => this.abort(other?.reason);
    other?.addEventListener('abort', onAbort, { once: true });
    return () => other?.removeEventListener('abort', onAbort);
  }

  /** Runs `task` undisturbed. An abort that came meanwhile takes place if the task fails. */
  async finish<Result>(task: () => Promise<Result>): Promise<Result> {
    this.busy += 1;
    try {
      const result = await task();
      this.postponed = undefined;
      return result;
    } finally {
      this.busy -= 1;
      if (this.postponed !== undefined) this.abort(this.postponed.reason);
    }
  }
}

/** What `promise` comes to, or the reason of `signal` when that fires first. */
export function orAbort<Result>(
  promise: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
