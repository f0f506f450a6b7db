import { type Clock, type Undo } from '@pertybot/core';
import { SystemClock } from '@pertybot/core/host';
import type { Level, Pull } from './gpio-driver.js';
import { lastHeaderLine, lineBusy, requireHeaderLine } from './line-errors.js';

/** A level that changed at a pin of the simulated board. */
export interface BoardChange {
  readonly offset: number;
  readonly level: Level;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** What the board knows of one pin. */
interface SimulatedPin {
  pull: Pull;
  /** Level of an untouched input, where it is another one than the pull's: a contact that is closed. */
  rest: Level | undefined;
  /** What a driver drives; kept after its release, as Raspberry Pi OS does by default. */
  driven: Level | undefined;
  /** What a wire from outside holds the pin at. */
  wired: Level | undefined;
  /** Who claimed the line. */
  holder: string | undefined;
  level: Level;
}

/** What a line is claimed as. */
export type BoardClaim = { readonly level: Level } | { readonly pull: Pull; readonly rest?: Level };

/** Changes that {@link SimulatedBoard.history} remembers; older ones are forgotten. */
const longestHistory = 10_000;

/**
 * A 40-pin header in memory: what the kernel and the wires are to the other drivers. Tests and the
 * `dev` prompt look at its levels and press its buttons.
 *
 * @example
 * board.press(22);
 * board.level(17); // 1
 */
export class SimulatedBoard {
  readonly #pins: readonly SimulatedPin[];
  readonly #history: BoardChange[] = [];
  readonly #listeners = new Set<(change: BoardChange) => void>();

  constructor(readonly clock: Clock = new SystemClock()) {
    this.#pins = Array.from({ length: lastHeaderLine + 1 }, (_, offset) => powerOnPin(offset));
  }

  /** Every change of a level, oldest first. */
  get history(): readonly BoardChange[] {
    return this.#history;
  }

  /** The level at a pin. @throws GpioError GPIO_PIN_INVALID */
  level(offset: number): Level {
    return this.#pin(offset).level;
  }

  /**
   * Holds a pin at a level from outside; `undefined` takes the wire away. A pin that the bot drives
   * keeps its level.
   * @throws GpioError GPIO_PIN_INVALID
   */
  setInput(offset: number, level: Level | undefined): void {
    this.#change(offset, { wired: level });
  }

  /** Presses a button at the pin: it gets the other level than at rest. */
  press(offset: number): void {
    this.setInput(offset, levelAtRest(this.#pin(offset)) === 1 ? 0 : 1);
  }

  /** Lets go of the button at the pin: it is at rest again. */
  release(offset: number): void {
    this.setInput(offset, undefined);
  }

  /** Who holds a line, or undefined when it is free. */
  holder(offset: number): string | undefined {
    return this.#pin(offset).holder;
  }

  /** Calls `listener` for each change of a level. */
  onChange(listener: (change: BoardChange) => void): Undo {
    const entry = (change: BoardChange) => listener(change);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /**
   * Claims a line, as the kernel would for a driver or, in tests, for somebody else.
   * @param as what the line becomes: driven at `level`, or an input with `pull`, at `rest` while nobody touches it
   * @throws GpioError GPIO_PIN_INVALID, GPIO_PIN_BUSY
   */
  claim(offset: number, holder: string, as: BoardClaim): void {
    const pin = this.#pin(offset);
    if (pin.holder !== undefined) throw lineBusy(offset, pin.holder);
    const change =
      'level' in as ? { driven: as.level } : { driven: undefined, pull: as.pull, rest: as.rest };
    this.#change(offset, { holder, ...change });
  }

  /** Drives a claimed output. */
  drive(offset: number, level: Level): void {
    this.#change(offset, { driven: level });
  }

  /** Gives a line back; an output keeps its level, as on Raspberry Pi OS. */
  unclaim(offset: number): void {
    this.#change(offset, { holder: undefined });
  }

  #pin(offset: number): SimulatedPin {
    requireHeaderLine(offset);
    return this.#pins[offset] ?? powerOnPin(offset);
  }

  #change(offset: number, change: Partial<SimulatedPin>): void {
    const pin = Object.assign(this.#pin(offset), change);
    const level = pin.driven ?? pin.wired ?? levelAtRest(pin);
    if (level === pin.level) return;
    pin.level = level;
    const entry = { offset, level, at: this.clock.now() };
    this.#history.push(entry);
    if (this.#history.length > longestHistory) this.#history.shift();
    for (const listener of [...this.#listeners]) listener(entry);
  }
}

function levelAtRest({ rest, pull }: SimulatedPin): Level {
  return rest ?? (pull === 'up' ? 1 : 0);
}

/** At power-on GPIO0 to GPIO8 are inputs pulled up, the others inputs pulled down. */
function powerOnPin(offset: number): SimulatedPin {
  const up = offset <= 8;
  return {
    pull: up ? 'up' : 'down',
    rest: undefined,
    driven: undefined,
    wired: undefined,
    holder: undefined,
    level: up ? 1 : 0,
  };
}
