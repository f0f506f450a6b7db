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

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): number {
    return performance.now();
  }

  date(): Date {
    return new Date();
  }

  after(delay: number, task: () => void, slack = 0): Undo {
    return slack === 0 ? afterJust(delay, task) : laxTasks.add(delay, task, slack);
  }
}

/** @param isKeeping whether the process stays for it. @default true */
function afterJust(delay: number, task: () => void, isKeeping = true): Undo {
  const due = performance.now() + delay;
  let timer: NodeJS.Timeout;
  const arm = (left: number) => {
    // A timer of Node.js may fire a millisecond early, and to wait for that one would wake the machine twice.
    timer = setTimeout(check, Math.min(Math.ceil(left) + 1, longestTimer));
    if (!isKeeping) timer.unref();
  };
  const check = () => {
    const left = due - performance.now();
    if (left > 0) arm(left);
    else task();
  };
  arm(delay);
  return () => clearTimeout(timer);
}

/** What may wait for others. */
interface LaxTask {
  readonly due: number;
  /** When it runs, unless another one's turn comes before. */
  readonly turn: number;
  readonly run: () => void;
}

/** Milliseconds between two moments at which tasks meet that may wait. */
const meeting = 1_000;

/**
 * When a task runs that may from `due` to `latest`: at the last moment between them at which all meet, or else late, so
 * that it takes others along; but not at `latest`, where what comes again each second at the latest would stay alone.
 */
export function turnOf(due: number, latest: number): number {
  const last = latest - (latest % meeting);
  return last >= due ? last : latest - (latest - due) / 4;
}

/** By how much a timer is late on a machine that is not busy, at most; milliseconds. */
const mostLate = 20;

/** Tasks that run together. They look at what is there: a process does not stay for them. */
class LaxTasks {
  private readonly tasks = new Set<LaxTask>();
  /** One timer for all of them: one that is taken back would wake the machine all the same. */
  private timer: { readonly at: number; readonly cancel: Undo } | undefined;
  /** While they run, when they were to. */
  private turn: number | undefined;

  add(delay: number, task: () => void, slack: number): Undo {
    // What comes again counts from there: a timer is a little late, and would miss the next moment by that.
    const due = (this.turn ?? performance.now()) + delay;
    // Another's timer may run it, and what it does is still its own.
    const entry: LaxTask = {
      due,
      turn: turnOf(due, due + slack),
      run: AsyncResource.bind(task),
    };
    this.tasks.add(entry);
    this.arm();
    return () => {
      this.tasks.delete(entry);
      if (this.tasks.size > 0) return;
      this.timer?.cancel();
      this.timer = undefined;
    };
  }

  private arm(): void {
    if (this.turn !== undefined || this.tasks.size === 0) return;
    const at = Math.min(...[...this.tasks].map(({ turn }) => turn));
    if (this.timer !== undefined && this.timer.at <= at) return;
    this.timer?.cancel();
    const cancel = afterJust(at - performance.now(), () => this.run(), false);
    this.timer = { at, cancel };
  }

  private run(): void {
    const now = performance.now();
    const at = this.timer?.at ?? now;
    this.timer = undefined;
    this.turn = now - at < mostLate ? at : now;
    try {
      for (const entry of [...this.tasks]) {
        if (entry.due <= now && this.tasks.delete(entry)) entry.run();
      }
    } finally {
      this.turn = undefined;
      this.arm();
    }
  }
}

/** One in the process: whoever waits by whichever clock, it is one machine that wakes. */
const laxTasks = new LaxTasks();

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
