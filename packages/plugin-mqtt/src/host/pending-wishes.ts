import type { Clock, Refusal, Undo } from '@pertybot/core';
import { refuse } from '@pertybot/core';
import type { Answer, SaidRefusal } from '../protocol/messages.js';
import { answerLimit } from '../protocol/times.js';

/** What became of a wish. */
export interface Fulfilled {
  readonly refused?: undefined;
  readonly text: string;
  readonly place?: number;
  readonly lasts?: number;
  /** When it has ended, or nobody knows of it any more. Never rejects. */
  readonly done: Promise<void>;
  /** What it came to, for one that was paid for: why it did not move; undefined when it did. */
  readonly judged: Promise<Refusal | undefined>;
}

/** A wish that is under way. */
class Pending {
  answer: (answer: Refusal | Fulfilled | undefined) => void = () => {};
  end: () => void = () => {};
  judge: (refusal: Refusal | undefined) => void = () => {};
  readonly answered = new Promise<Refusal | Fulfilled | undefined>((resolve) => {
    this.answer = resolve;
  });
  readonly done = new Promise<void>((resolve) => {
    this.end = resolve;
  });
  readonly judged = new Promise<Refusal | undefined>((resolve) => {
    this.judge = resolve;
  });
  cancel: Undo = () => {};
  isAnswered = false;
  isDone = false;
  /** Whether it is known what it came to, where anybody wants to know. */
  isJudged: boolean;

  constructor(
    readonly id: string,
    /** When it was sent. */
    readonly since: number,
    /** Whether it is judged what has moved. */
    isPaid: boolean,
  ) {
    this.isJudged = !isPaid;
  }
}

/** The wishes to one node that have not come to their end. */
export class PendingWishes {
  private readonly all = new Map<string, Pending>();
  /** Milliseconds that the last one took to its answer. */
  roundTrip: number | undefined;

  constructor(
    private readonly clock: Clock,
    /** Why a node that says nothing more does nothing. */
    private readonly lost: () => Refusal,
  ) {}

  /** Those that are not at their end. */
  get size(): number {
    return this.all.size;
  }

  /** Whether some have no answer yet. */
  get areOpen(): boolean {
    return [...this.all.values()].some(({ isAnswered }) => !isAnswered);
  }

  /**
   * Waits for the answer to a wish that was sent now.
   * @returns undefined when there was none in time
   */
  wait(id: string, isPaid: boolean): Promise<Refusal | Fulfilled | undefined> {
    const pending = new Pending(id, this.clock.now(), isPaid);
    this.all.set(id, pending);
    pending.cancel = this.clock.after(answerLimit, () => {
      this.drop(pending);
      pending.answer(undefined);
    });
    return pending.answered;
  }

  /** Takes what a node says of a wish. */
  take(answer: Extract<Answer, { wish: string }>): void {
    const pending = this.all.get(answer.wish);
    if (!pending) return;
    switch (answer.is) {
      case 'moved': {
        if (pending.isAnswered) return;
        this.answered(pending);
        const { text, place, lasts } = answer;
        const { done, judged } = pending;
        pending.answer({
          text,
          ...(place === undefined ? {} : { place }),
          ...(lasts === undefined ? {} : { lasts }),
          done,
          judged,
        });
        return;
      }
      case 'refused':
        if (pending.isAnswered) return;
        this.answered(pending);
        this.drop(pending);
        pending.answer(toRefusal(answer.refusal));
        return;
      case 'done':
        pending.end();
        pending.isDone = true;
        break;
      case 'judged':
        pending.judge(answer.refusal && toRefusal(answer.refusal));
        pending.isJudged = true;
    }
    // Half of its time decides what it came to: it is often judged before it has ended.
    if (pending.isDone && pending.isJudged) this.all.delete(pending.id);
  }

  /** The node has gone, or is another one: what it had begun has ended. */
  lose(): void {
    for (const pending of [...this.all.values()]) {
      this.drop(pending);
      pending.answer(undefined);
    }
  }

  private answered(pending: Pending): void {
    pending.isAnswered = true;
    pending.cancel();
    this.roundTrip = this.clock.now() - pending.since;
  }

  private drop(pending: Pending): void {
    pending.cancel();
    this.all.delete(pending.id);
    pending.end();
    pending.judge(this.lost());
  }
}

function toRefusal({ reason, ...details }: SaidRefusal): Refusal {
  return refuse(reason, details);
}
