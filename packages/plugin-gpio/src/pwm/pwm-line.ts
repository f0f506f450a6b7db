import type { Level, OutputLine } from '../drivers/gpio-driver.js';

/** An output that is on for a share of each of its turns. */
export interface PwmLine extends OutputLine {
  /** Share of a turn for which it is on while it is on at all, 0 to 1. */
  readonly share: number;
  setShare(share: number): void;
}

/** Whether a line can be on for a share of the time. */
export function isPwmLine(line: OutputLine): line is PwmLine {
  return 'setShare' in line;
}

/** A PWM channel of the simulated board: its pin shows whether there are pulses at all. */
export class SimulatedPwmLine implements PwmLine {
  #share = 1;

  constructor(private readonly line: OutputLine) {}

  get offset(): number {
    return this.line.offset;
  }

  get share(): number {
    return this.#share;
  }

  setShare(share: number): void {
    this.#share = share;
  }

  write(level: Level): void {
    this.line.write(level);
  }

  read(): Level {
    return this.line.read();
  }

  release(safe: Level): void {
    this.line.release(safe);
  }
}
