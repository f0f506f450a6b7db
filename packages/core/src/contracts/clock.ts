import { AsyncResource } from 'node:async_hooks';
import type { Undo } from './consumer.js';
import type { InjectionToken } from './injection.js';

/**
 * Time as PertyBot sees it. All durations are judged by {@link Clock.now}, which never jumps: a
 * Raspberry Pi has no battery clock, so its wall clock may step by years after boot.
 */
export interface Clock {
  /** Monotonic time in milliseconds; only differences mean anything. */
  now(): number;
  /** The wall clock, for showing and for times of day. */
  date(): Date;
  /**
   * Runs `task` once, `delay` milliseconds from now or a little later, never earlier.
   * @param slack milliseconds by which it may be later still, so that the machine wakes once for several. @default none
   */
  after(delay: number, task: () => void, slack?: number): Undo;
}

/** Injection token of the {@link Clock}. */
export const Clock: InjectionToken<Clock> = Symbol.for('pertybot.Clock');

/** Longest delay that `setTimeout` takes: 2^31 - 1 ms, about 24.8 days. */
const longestTimer = 2_147_483_647;

/** What may wait for others. */
interface LaxTask {
  readonly due: number;
  readonly latest: number;
  readonly run: () => void;
}

/** The machine's clock. */
export class SystemClock implements Clock {
  private readonly lax = new Set<LaxTask>();
  /** One timer for all of them: one that is taken back would wake the machine all the same. */
  private laxTimer: { readonly at: number; readonly cancel: Undo } | undefined;
  private isRunningLax = false;

  now(): number {
    return performance.now();
  }

  date(): Date {
    return new Date();
  }

  after(delay: number, task: () => void, slack = 0): Undo {
    if (slack === 0) return this.afterJust(delay, task);
    const due = this.now() + delay;
    // Another's timer may run it, and what it does is still its own.
    const entry: LaxTask = { due, latest: due + slack, run: AsyncResource.bind(task) };
    this.lax.add(entry);
    this.armLax();
    return () => {
      this.lax.delete(entry);
      if (this.lax.size > 0) return;
      this.laxTimer?.cancel();
      this.laxTimer = undefined;
    };
  }

  private armLax(): void {
    if (this.isRunningLax || this.lax.size === 0) return;
    const at = Math.min(...[...this.lax].map(({ latest }) => latest));
    if (this.laxTimer !== undefined && this.laxTimer.at <= at) return;
    this.laxTimer?.cancel();
    const cancel = this.afterJust(at - this.now(), () => this.runLax());
    this.laxTimer = { at, cancel };
  }

  private runLax(): void {
    const now = this.now();
    this.laxTimer = undefined;
    this.isRunningLax = true;
    try {
      for (const entry of [...this.lax]) {
        if (entry.due <= now && this.lax.delete(entry)) entry.run();
      }
    } finally {
      this.isRunningLax = false;
      this.armLax();
    }
  }

  private afterJust(delay: number, task: () => void): Undo {
    const due = this.now() + delay;
    let timer: NodeJS.Timeout;
    const arm = (left: number) => {
      // A timer of Node.js may fire a millisecond early, and to wait for that one would wake the machine twice.
      timer = setTimeout(check, Math.min(Math.ceil(left) + 1, longestTimer));
    };
    const check = () => {
      const left = due - this.now();
      if (left > 0) arm(left);
      else task();
    };
    arm(delay);
    return () => clearTimeout(timer);
  }
}

/**
 * Waits on `clock`.
 * @param delay milliseconds
 * @throws the signal's reason when `signal` fires first
 */
export function sleep(clock: Clock, delay: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delay, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Resolves when `work` does, or after `limit` milliseconds on `clock`. */
export function atMost(clock: Clock, limit: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(limit, resolve);
    void work.finally(() => {
      cancel();
      resolve();
    });
  });
}
