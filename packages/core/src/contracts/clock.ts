import type { InjectionToken } from './injection.js';
import type { Undo } from './undo.js';

/**
 * Time as PertyBot sees it. All durations are judged by {@link Clock.now}, which never jumps: a
 * Raspberry Pi has no battery clock, so its wall clock may step by years after boot.
 */
export interface Clock {
  /** Monotonic time in milliseconds; only differences mean anything. */
  now(): number;
  /** The wall clock, for showing and for times of day. */
  date(): Date;
  /** Runs `task` once, `delay` milliseconds from now or a little later, never earlier. */
  after(delay: number, task: () => void): Undo;
}

/** Injection token of the {@link Clock}. */
export const Clock: InjectionToken<Clock> = Symbol.for('pertybot.Clock');

/** Longest delay that `setTimeout` takes: 2^31 - 1 ms, about 24.8 days. */
const longestTimer = 2_147_483_647;

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): number {
    return performance.now();
  }

  date(): Date {
    return new Date();
  }

  after(delay: number, task: () => void): Undo {
    const due = this.now() + delay;
    let timer: NodeJS.Timeout;
    const arm = () => {
      timer = setTimeout(check, Math.min(due - this.now(), longestTimer));
    };
    // A timer of Node.js may fire a millisecond early.
    const check = () => {
      if (this.now() < due) arm();
      else task();
    };
    arm();
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
