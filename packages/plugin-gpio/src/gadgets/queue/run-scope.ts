import type { Refusal } from '@pertybot/core';
import { CarriedValue } from '@pertybot/core/host';
import type { Output } from '../../gpio.js';
import { refuseWith } from '../../refuse-with.js';
import type { VerbCall } from '../verbs/verb.js';

const past = Promise.resolve();

/** Something that happens once, and a promise of it for whoever asks: most that is run is over before anybody does. */
class Gate {
  private promise: Promise<void> | undefined;
  private resolve = () => {};
  isOpen = false;

  get opened(): Promise<void> {
    this.promise ??= this.isOpen
      ? past
      : new Promise((resolve) => {
          this.resolve = resolve;
        });
    return this.promise;
  }

  open(): void {
    this.isOpen = true;
    this.resolve();
  }
}

/** One run of what a gadget was asked for. */
export class Run {
  private readonly gone = new Gate();
  private readonly finish = new Gate();
  private abort: AbortController | undefined;
  private isEnded = false;
  private onGone: (() => void) | undefined;

  /** Whether it is to end, or should have ended. */
  get over(): boolean {
    return this.isEnded;
  }

  /** Fires when it is to end; made when somebody asks for it. */
  get signal(): AbortSignal {
    this.abort ??= new AbortController();
    if (this.isEnded) this.abort.abort();
    return this.abort.signal;
  }

  /** When it has ended, or nobody waits for it any more. */
  get ended(): Promise<void> {
    return this.gone.opened;
  }

  /** When it has ended by itself. */
  get finished(): Promise<void> {
    return this.finish.opened;
  }

  /** Asks it to end. */
  end(): void {
    this.isEnded = true;
    this.abort?.abort();
  }

  /** Has done with it, whether it ends or not. */
  letGo(): void {
    this.gone.open();
    this.onGone?.();
  }

  /** Whoever waits for its result hears that nobody does any more; undefined once it is there. */
  whenLetGo(listener: (() => void) | undefined): void {
    this.onGone = listener;
    // What it does first may have ended it.
    if (this.gone.isOpen) listener?.();
  }

  /** It has ended by itself. */
  hasFinished(): void {
    this.finish.open();
  }
}

/** What has a signal that fires when it is to end. */
export type Ending = Pick<Run, 'signal'>;

/** What a verb is run with: its signal is made where it asks for one. */
export class RunCall implements VerbCall {
  constructor(
    readonly value: unknown,
    private readonly run: Ending,
  ) {}

  get signal(): AbortSignal {
    return this.run.signal;
  }
}

/** What runs. */
const scope = new CarriedValue<Run>();

/** Does the work of `run` so that whatever it leaves behind is known to be over once that is to end. */
export function runWithin<Result>(run: Run, work: (run: Run) => Result): Result {
  return scope.run(run, work);
}

/** Whether what asks belongs to a verb that was ended, and only does not know it. */
export function isOver(): boolean {
  return scope.get()?.over ?? false;
}

/** Why a gadget begins nothing for what asks: it was ended, and only does not know it. */
export function refuseOver(gadget: string): Refusal | undefined {
  return isOver() ? refuseWith('gadget.ended', { gadget }) : undefined;
}

/** An output of a gadget: a verb that was ended, and goes on all the same, cannot switch it on any more. */
export function toGadgetOutput(output: Output): Output {
  const ended = refuseWith('gadget.ended', { gadget: output.name });
  return {
    name: output.name,
    pin: output.pin,
    get state() {
      return output.state;
    },
    on: (options) => (isOver() ? Promise.resolve(ended) : output.on(options)),
    off: () => output.off(),
    toggle: async () => (isOver() && output.state === 'off' ? ended : output.toggle()),
    dim: (brightness) => output.dim(brightness),
    tune: (frequency) => output.tune(frequency),
  };
}
