import type { Level, OutputLine } from '../drivers/gpio-driver.js';
import { GpioError } from '../gpio-error.js';

/** An output that is on for a share of each of its turns. */
export interface PwmLine extends OutputLine {
  /** Share of a turn for which it is on while it is on at all, 0 to 1. */
  readonly share: number;
  setShare(share: number): void;
}

/** A {@link PwmLine} whose turns can be of any length: it can sound tones. */
export interface TonalLine extends PwmLine {
  /** @param frequency turns a second */
  setFrequency(frequency: number): void;
}

/** Whether a line can be on for a share of the time. */
export function isPwmLine(line: OutputLine): line is PwmLine {
  return 'setShare' in line;
}

/** The line of the output `name`, to be dimmed. @throws GpioError GPIO_UNSUPPORTED when it cannot be */
export function requirePwmLine(line: OutputLine, name: string): PwmLine {
  if (isPwmLine(line)) return line;
  throw unsupported(`"${name}" cannot be dimmed.`, 'with "dimmable: true", or with gpio.pwm()');
}

/** The line of the output `name`, to sound tones. @throws GpioError GPIO_UNSUPPORTED when it cannot */
export function requireTonalLine(line: OutputLine, name: string): TonalLine {
  if (isTonalLine(line)) return line;
  throw unsupported(`"${name}" cannot sound tones.`, 'with gpio.pwm()');
}

/** Nanoseconds of a turn. @param frequency turns a second */
export function toPeriod(frequency: number): number {
  return Math.round(1e9 / frequency);
}

/** A PWM channel of the simulated board: its pin shows whether there are pulses at all. */
export class SimulatedPwmLine implements TonalLine {
  private duty = 1;

  constructor(
    private readonly line: OutputLine,
    /** Turns a second. */
    public frequency: number,
  ) {}

  get offset(): number {
    return this.line.offset;
  }

  get share(): number {
    return this.duty;
  }

  setShare(share: number): void {
    this.duty = share;
  }

  setFrequency(frequency: number): void {
    this.frequency = frequency;
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

/** Whether a line can sound tones. */
export function isTonalLine(line: OutputLine): line is TonalLine {
  return isPwmLine(line) && 'setFrequency' in line;
}

function unsupported(sentence: string, claim: string): GpioError {
  return new GpioError('GPIO_UNSUPPORTED', sentence, { hint: `Claim the output ${claim}.` });
}
