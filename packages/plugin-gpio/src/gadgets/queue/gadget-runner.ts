import { AsyncResource } from 'node:async_hooks';
import { isRefusal, type Refusal, v } from '@pertybot/core';
import { refuseWith } from '../../refuse-with.js';
import { isOngoing, type VerbResult } from '../verbs/verb.js';
import { type Ending, Run, runWithin } from './run-scope.js';

/** What a new verb does while another one goes on. */
export type BusyPolicy =
  | { readonly name: 'replace' }
  | { readonly name: 'refuse' }
  | { readonly name: 'queue'; readonly limit: number };

/** Longest queue that can be asked for. */
const longestQueue = 1_000;

/** Work for a gadget, which ends when the signal fires. */
export type Task = (run: Ending) => Promise<VerbResult>;

/** Work that was accepted. */
export interface Accepted {
  readonly refused?: undefined;
  /** Place in the queue, 1 for the next; absent when it runs. */
  readonly place?: number;
  /** When it has ended, whatever ended it. Never rejects. */
  readonly done: Promise<void>;
}

interface Waiting {
  readonly start: () => Promise<Refusal | Accepted>;
  readonly ended: () => void;
}

/** Sees to it that a gadget does one thing at a time. */
export class GadgetRunner {
  private running: Run | undefined;
  /** What was ended without waiting for it has a moment to clean up, before anything else begins. */
  private fading: Promise<void> | undefined;
  private queue: Waiting[] = [];
  /** How often all was ended. */
  private ends = 0;
  /** Callers that wait for what runs to end; the queue gives way to them. */
  private replacing = 0;

  /**
   * @param onLate told of a queued task that was refused or failed when its turn came, and of
   * ongoing work that failed
   */
  constructor(
    private readonly gadget: string,
    private readonly policy: BusyPolicy,
    private readonly onLate: (problem: unknown) => void,
  ) {}

  get busy(): boolean {
    return this.running !== undefined;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /**
   * Runs `task` now, or as the policy says.
   * @param urgent ends what runs and forgets what waits, whatever the policy, and does not wait for it
   * @throws what the task throws before it goes on
   */
  run(task: Task, urgent = false): Promise<Refusal | Accepted> {
    if (urgent) {
      this.forgetQueue();
      this.letGo();
      return this.start(task);
    }
    // What can begin does, without a promise before it.
    if (!this.running && !this.fading) return this.start(task);
    if (this.busy) {
      if (this.policy.name === 'queue') return this.enqueue(task, this.policy.limit);
      if (this.policy.name === 'refuse') {
        return Promise.resolve(refuseWith('gadget.busy', { gadget: this.gadget }));
      }
    }
    return this.replace(task);
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    while (this.running ?? this.fading) await (this.running?.ended ?? this.fading);
  }

  /** Ends what runs and forgets what waits; what does not end by itself is not waited for. */
  async stop(): Promise<void> {
    this.forgetQueue();
    this.letGo();
    await this.fading;
  }

  private forgetQueue(): void {
    if (this.queue.length === 0) return;
    for (const { ended } of this.queue.splice(0)) ended();
  }

  private async enqueue(task: Task, limit: number): Promise<Refusal | Accepted> {
    if (this.queue.length >= limit) {
      return refuseWith('gadget.queue', { gadget: this.gadget, count: String(limit) });
    }
    const done = new Promise<void>((resolve) => {
      // Bound, since what ran before starts it: it stays the deed of whoever asked. So is the start and not the
      // task, which would not know then by which run it was begun.
      this.queue.push({ start: AsyncResource.bind(() => this.start(task)), ended: resolve });
    });
    return { place: this.queue.length, done };
  }

  /** Starts `task` in the same turn in which nothing runs any more, unless all was ended meanwhile. */
  private async replace(task: Task): Promise<Refusal | Accepted> {
    const ends = this.ends;
    while (this.running ?? this.fading) {
      this.replacing++;
      this.running?.end();
      await (this.running?.ended ?? this.fading);
      this.replacing--;
    }
    return ends === this.ends ? this.start(task) : this.ended();
  }

  /** Ends what runs, and has done with it. */
  private letGo(): void {
    this.ends++;
    const running = this.running;
    if (!running) return;
    this.running = undefined;
    running.end();
    running.letGo();
    const fading = Promise.race([running.finished, nextTurn()]).then(() => {
      if (this.fading === fading) this.fading = undefined;
      this.next();
    });
    this.fading = fading;
  }

  private start(task: Task): Promise<Refusal | Accepted> {
    const run = new Run();
    this.running = run;
    try {
      return this.see(run, runWithin(run, task));
    } catch (error) {
      this.finish(run);
      return Promise.reject(error);
    }
  }

  /** Sees what becomes of `work`. Not async, as each promise costs. */
  private see(run: Run, work: Promise<VerbResult>): Promise<Refusal | Accepted> {
    return new Promise((resolve, reject) => {
      // Whoever asked waits for it no longer than the runner does; what was over by then still counts.
      run.whenLetGo(async () => {
        await undefined;
        await undefined;
        resolve(this.ended());
      });
      work.then(
        (result) => {
          run.whenLetGo(undefined);
          resolve(this.accept(run, result));
        },
        (error: unknown) => {
          run.whenLetGo(undefined);
          this.finish(run);
          reject(error);
        },
      );
    });
  }

  /** What has given `result` goes on, or has ended. */
  private accept(run: Run, result: VerbResult): Refusal | Accepted {
    if (!isOngoing(result)) {
      this.finish(run);
      return result ?? { done: run.ended };
    }
    void this.follow(result.rest, run).finally(() => this.finish(run));
    return { done: run.ended };
  }

  private finish(run: Run): void {
    run.hasFinished();
    if (this.running !== run) return;
    this.running = undefined;
    run.letGo();
    this.next();
  }

  private ended(): Refusal {
    return refuseWith('gadget.ended', { gadget: this.gadget });
  }

  /** Tells of what goes wrong with ongoing work, unless it was ended. */
  private async follow(rest: Promise<unknown>, run: Run): Promise<void> {
    try {
      const result = await rest;
      if (isRefusal(result) && !run.over) this.onLate(result);
    } catch (error) {
      if (!run.over) this.onLate(error);
    }
  }

  private next(): void {
    if (this.queue.length === 0 || this.replacing > 0 || this.running || this.fading) return;
    const next = this.queue.shift();
    if (!next) return;
    void next
      .start()
      .then(async (result) => {
        if (result.refused) this.onLate(result);
        else await result.done;
      }, this.onLate)
      .finally(next.ended);
  }
}

/** Reads `replace`, `refuse` or `queue(20)`. @returns undefined when `text` is none of them */
export function parseBusyPolicy(text: string): BusyPolicy | undefined {
  if (text === 'replace' || text === 'refuse') return { name: text };
  const limit = Number(/^queue\((\d+)\)$/.exec(text)?.[1]);
  return limit >= 1 && limit <= longestQueue ? { name: 'queue', limit } : undefined;
}

/** Valibot schema of a policy in plugins.yaml. */
export function busyPolicy() {
  return v.pipe(
    v.string(),
    v.check((text) => parseBusyPolicy(text) !== undefined, 'expected replace, refuse or queue(20)'),
  );
}

/** Time for what has only to switch off. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
