/** Physical level at the pin: 0 is ground, 1 is 3.3 V. */
export type Level = 0 | 1;

/** A resistor inside the chip that holds an open input at a level. */
export type Pull = 'none' | 'up' | 'down';

/** Names of the drivers. */
export type DriverName = 'chardev' | 'onoff' | 'simulated';

/** How another process reaches a claimed output when the bot is no longer there to switch it off. */
export type LineHandle =
  | { readonly kind: 'chardev'; readonly chip: string; readonly fd: number }
  | {
      /** A line of sysfs, a PWM channel (whose file is `enable`), or an LED (`brightness`). */
      readonly kind: 'sysfs' | 'pwm' | 'led';
      /** File to which the safe level is written. */
      readonly valueFile: string;
    };

/** When an output has to be off again; milliseconds from now. */
export interface Deadline {
  /** Infinity without an end. */
  readonly time: number;
  /** Longest time on, which no later deadline of the same time on may exceed. */
  readonly most: number;
  /** Called when it was on past its end, and was switched off from outside. */
  readonly late: () => void;
}

/** Whoever watches over an output from outside of the bot. */
export interface LineWatch {
  /** Whether somebody does; without that the output is not switched on. */
  readonly isWatched: boolean;
  /** To be called before the output is switched on, and when its end changes. */
  expect(deadline: Deadline): void;
  /** To be called when the kernel has confirmed that it is off. */
  done(): void;
}

/** A claimed line that the bot drives. Levels are physical: the guard above knows about active-low. */
export interface OutputLine {
  /** Line offset on the header's chip, which is the BCM number. */
  readonly offset: number;
  /** For the guardian process; absent where there is no pin that could stay on. */
  readonly handle?: LineHandle | undefined;
  /** Absent where there is no pin that could stay on. */
  readonly watch?: LineWatch | undefined;
  /**
   * Sets the level, synchronously: when it returns, the pin is there.
   * @throws GpioError GPIO_PIN_RELEASED, GPIO_DRIVER_FAILED
   */
  write(level: Level): void;
  /** The level that the pin has. */
  read(): Level;
  /**
   * Gives the line back after writing `safe`; what cannot be switched off any more stays as it is for
   * its guardian to end. Never throws; a second call does nothing.
   */
  release(safe: Level): void;
}

/** A change of an input's level. */
export interface Edge {
  readonly level: Level;
  /** Monotonic milliseconds, from the kernel where it says. */
  readonly at: number;
}

/** A claimed line that the bot listens to. */
export interface InputLine {
  readonly offset: number;
  read(): Level;
  /** Calls `listener` for each debounced edge. Returns its undo. */
  onEdge(listener: (edge: Edge) => void): () => void;
  /** Gives the line back. Never throws; a second call does nothing. */
  release(): void;
}

/** How an input is claimed. */
export interface InputOptions {
  readonly pull: Pull;
  /** Milliseconds for which the level must be steady before an edge is told. */
  readonly debounce: number;
}

/** One way to reach the 40-pin header. */
export interface GpioDriver {
  readonly name: DriverName;
  /** What was found, for the owner: `gpiochip0 (pinctrl-rp1)`. */
  readonly description: string;
  /**
   * Claims an output at `initial` in one step, without a glitch.
   * @throws GpioError GPIO_PIN_BUSY, GPIO_NO_ACCESS, GPIO_PIN_INVALID, GPIO_DRIVER_FAILED
   */
  claimOutput(offset: number, initial: Level): Promise<OutputLine>;
  /**
   * Has an output that is no line of the header looked after like its own, where it does that.
   * @param safe the level that is off
   * @returns the output to be used from now on
   */
  watch?(line: OutputLine, safe: Level): Promise<OutputLine>;
  /** @throws GpioError as claimOutput, and GPIO_UNSUPPORTED for a pull that the driver cannot set */
  claimInput(offset: number, options: InputOptions): Promise<InputLine>;
  /** Gives back what is left, outputs at the level they were claimed with, and closes the chip. */
  close(): Promise<void>;
}
