import { isRefusal, type Refusal, refuse } from '@pertybot/core';
import { isOngoing, type VerbResult } from './verb.js';

/** What a new verb does while another one goes on. */
export type BusyPolicy =
  | { readonly name: 'replace' }
  | { readonly name: 'refuse' }
  | { readonly name: 'queue'; readonly limit: number };

/** Work for a gadget. */
export type Task = (signal: AbortSignal) => Promise<VerbResult>;

/** Work that was accepted. */
export interface Accepted {
  readonly refused?: undefined;
  /** Place in the queue, 1 for the next; absent when it runs. */
  readonly place?: number;
  /** When it has ended, whatever ended it. Never rejects. */
  readonly done: Promise<void>;
}

interface Running {
  readonly end: () => void;
  readonly ended: Promise<void>;
}

interface Waiting {
  readonly task: Task;
  readonly ended: () => void;
}

/** Sees to it that a gadget does one thing at a time. */
export class GadgetRunner {
  #running: Running | undefined;
  #queue: Waiting[] = [];
  /** Callers that wait for what runs to end; the queue gives way to them. */
  #replacing = 0;

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
    return this.#running !== undefined;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Runs `task` now, or as the policy says.
   * @param urgent ends what runs, whatever the policy
   * @throws what the task throws before it goes on
   */
  async run(task: Task, urgent = false): Promise<Refusal | Accepted> {
    if (this.busy && !urgent) {
      if (this.policy.name === 'queue') return this.#enqueue(task, this.policy.limit);
      if (this.policy.name === 'refuse') {
        return refuse('gadget.busy', { text: `${this.gadget} is busy.` });
      }
    }
    return this.#replace(() => this.#start(task));
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running.ended;
  }

  /** Ends what runs and forgets what waits. */
  async stop(): Promise<void> {
    for (const { ended } of this.#queue.splice(0)) ended();
    await this.#replace(() => this.#next());
  }

  #enqueue(task: Task, limit: number): Refusal | Accepted {
    if (this.#queue.length >= limit) {
      const text = `${this.gadget} has enough to do: ${limit} are waiting.`;
      return refuse('gadget.queue', { text });
    }
    const done = new Promise<void>((resolve) => {
      this.#queue.push({ task, ended: resolve });
    });
    return { place: this.#queue.length, done };
  }

  /** Runs `then` in the same turn in which nothing runs any more. */
  async #replace<Result>(then: () => Result): Promise<Awaited<Result>> {
    while (this.#running) {
      this.#replacing++;
      this.#running.end();
      await this.#running.ended;
      this.#replacing--;
    }
    return await then();
  }

  async #start(task: Task): Promise<Refusal | Accepted> {
    const abort = new AbortController();
    let settle = () => {};
    const ended = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const running: Running = { end: () => abort.abort(), ended };
    this.#running = running;
    const finish = () => {
      this.#running = undefined;
      settle();
      this.#next();
    };
    let result: VerbResult;
    try {
      result = await task(abort.signal);
    } catch (error) {
      finish();
      throw error;
    }
    if (!isOngoing(result)) {
      finish();
      return result ?? { done: ended };
    }
    const late = (error: unknown) => {
      if (!abort.signal.aborted) this.onLate(error);
    };
    void result.rest.then((rest) => isRefusal(rest) && late(rest), late).finally(finish);
    return { done: ended };
  }

  #next(): void {
    if (this.#replacing > 0) return;
    const next = this.#queue.shift();
    if (!next) return;
    void this.#start(next.task)
      .then(async (result) => {
        if (result.refused) this.onLate(result);
        else await result.done;
      }, this.onLate)
      .finally(next.ended);
  }
}
