import type { Clock } from '../../contracts/clock.js';
import { type Refusal, refuse } from '../../contracts/command.js';
import type { Undo } from '../../contracts/consumer.js';
import type { PaidDeed, PaidWork } from '../../contracts/paid-deed.js';
import type { RedemptionOutcome } from '../../contracts/reward.js';
import { Part } from './part.js';

/** What a {@link Deed} stands on. */
export interface DeedParts {
  readonly clock: Clock;
  /** Notes down that something is about to move. Where it throws, nothing does. */
  readonly willMove: (what: string | undefined) => void;
  readonly onFault: (error: unknown) => void;
  /** Hears what became of it, once. */
  readonly decided: (outcome: RedemptionOutcome) => void;
}

/**
 * One redemption while it is done. It is decided when something has moved for half of its time or as a whole, or
 * when nothing will: whichever comes first. What comes later under a deed that was given back does not move.
 */
export class Deed implements PaidDeed {
  /** Why nothing may be done for it any more. */
  over: Refusal | undefined;
  /** Whether it is known what became of it. */
  isDecided = false;
  private isNoted = false;
  private isAsked = false;
  private hasChanged = false;
  private reason: Refusal | undefined;
  private closed: Refusal | undefined;
  /** What the handler gave, once it has ended. */
  private result: { readonly refusal: Refusal | undefined } | undefined;
  private waits = 0;
  private work: Part | undefined;
  private readonly parts = new Set<Part>();

  constructor(private readonly around: DeedParts) {}

  /** Whether something has left its safe level for it. */
  get hasMoved(): boolean {
    return [...this.parts].some((part) => part.moved);
  }

  /** Whether all that was asked for so far was refused. */
  get isVain(): boolean {
    return this.reason !== undefined && !this.hasChanged && !this.hasMoved;
  }

  /** Whether something of it goes on that shows by itself what becomes of it. */
  private get isUnderWay(): boolean {
    return this.waits > 0 || [...this.parts].some((part) => part.state === 'open');
  }

  asked(): void {
    this.isAsked = true;
  }

  refused(refusal: Refusal): void {
    this.reason = refusal;
  }

  willMove(what?: string): Refusal | undefined {
    this.isAsked = true;
    if (this.over || this.isNoted) return this.over;
    try {
      this.around.willMove(what);
      this.isNoted = true;
      return undefined;
    } catch (error) {
      this.around.onFault(error);
      return refuse('unnoted');
    }
  }

  moved(time?: number): (byItself: boolean) => void {
    const part = this.add(time);
    part.moved = true;
    part.within = this.work;
    if (this.work) this.work.moved = true;
    return (byItself) => {
      // Once the handler is done, what nobody gave a time has been had.
      part.end(byItself || (time === undefined && this.result !== undefined));
      this.look();
    };
  }

  changed(): void {
    this.isAsked = true;
    this.hasChanged = true;
  }

  begin(): PaidWork {
    if (this.work) return partOfIt;
    const part = this.add();
    this.work = part;
    let cancel: Undo = () => {};
    const inner = () => [...this.parts].filter(({ within }) => within === part);
    const leave = () => {
      cancel();
      if (this.work === part) this.work = undefined;
    };
    /** Each is judged on its own then. */
    const release = (parts: readonly Part[]) => {
      for (const each of parts) each.within = undefined;
      this.parts.delete(part);
    };
    return {
      goesOn: (time) => {
        part.time = time;
        cancel = this.atHalf(part);
      },
      wasOne: () => {
        leave();
        release(inner());
        this.look();
      },
      ended: (cut) => {
        if (part.state === 'cut') return;
        leave();
        const own = inner();
        const timed = own.filter(({ isTimed }) => isTimed);
        // Others may have ended all of it before it was through.
        const isLost = own.length > 0 && own.every(({ state }) => state === 'cut');
        // What it left behind for a time is judged by that.
        if (timed.length > 0 && !cut) release(timed);
        else part.end(!cut && !isLost);
        this.look();
      },
    };
  }

  wait(work: Promise<unknown>): void {
    this.waits += 1;
    const end = () => {
      this.waits -= 1;
      this.look();
    };
    work.then(end, end);
  }

  /** The handler has ended. */
  settle(refusal?: Refusal): void {
    this.result ??= { refusal };
    this.look();
  }

  /** Decides it now: what has not moved for half of its time will not. */
  close(refusal: Refusal): void {
    if (this.isDecided) return;
    const isSettled = this.result !== undefined;
    for (const part of this.parts) {
      part.end(part !== this.work && part.time === undefined && isSettled);
    }
    this.work = undefined;
    this.waits = 0;
    this.closed = refusal;
    this.result = { refusal: this.result?.refusal ?? refusal };
    this.look();
  }

  private add(time?: number): Part {
    const part = new Part(this.around.clock, time);
    this.parts.add(part);
    if (time !== undefined) this.atHalf(part);
    return part;
  }

  private atHalf(part: Part): Undo {
    return part.atHalf(() => this.look());
  }

  private look(): void {
    if (this.isDecided) return;
    const outcome = this.judge();
    if (outcome === undefined) return;
    this.isDecided = true;
    if (!outcome.moved) this.over = outcome.refusal;
    for (const part of this.parts) part.forget();
    this.around.decided(outcome);
  }

  /** What became of it, as far as that is known. */
  private judge(): RedemptionOutcome | undefined {
    const judged = [...this.parts].filter(({ within }) => within === undefined);
    if (judged.some((part) => this.isWhole(part) && (part.moved || !this.isAsked))) return moved;
    if (this.result === undefined || this.isUnderWay) return undefined;
    const { refusal } = this.result;
    if (refusal) return { moved: false, refusal };
    if (judged.some(({ state }) => state === 'cut')) {
      return { moved: false, refusal: this.closed ?? cutShort };
    }
    if (!this.isAsked || this.hasChanged) return moved;
    return { moved: false, refusal: this.reason ?? unmoved };
  }

  /** What nobody gave a time has been had when the handler is done, however it ended. */
  private isWhole(part: Part): boolean {
    if (part.state !== 'open') return part.state === 'whole';
    return part.time === undefined && part !== this.work && this.result !== undefined;
  }
}

const moved: RedemptionOutcome = { moved: true };
const cutShort = refuse('cut');
const unmoved = refuse('unmoved');

/** Work within other work. */
const partOfIt: PaidWork = { goesOn() {}, wasOne() {}, ended() {} };
