import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Direction, Gpio } from 'onoff';
import { EdgeListeners } from './edge-listeners.js';
import type { Edge, InputLine, Level, LineHandle, OutputLine } from './gpio-driver.js';
import { errnoOf, toLineError } from './kernel-error.js';
import { lineReleased } from './line-errors.js';
import { exportAgain } from './sysfs-level.js';

/** A line that onoff opened. */
class OnoffLine {
  protected released = false;

  constructor(
    protected gpio: Gpio,
    readonly offset: number,
    protected readonly forget: () => void,
  ) {}

  read(): Level {
    return this.attempt('read', () => this.gpio.readSync());
  }

  protected giveBack(): void {
    this.released = true;
    try {
      this.gpio.unexport();
    } catch {
      // Somebody else has unexported it.
    }
    this.forget();
  }

  protected attempt<T>(doing: string, action: () => T): T {
    if (this.released) throw lineReleased(this.offset);
    try {
      return action();
    } catch (error) {
      throw toLineError(this.offset, errnoOf(error), doing);
    }
  }
}

/** The direction that makes an output at a level of the pin, whatever it was before. */
export function toDirection(level: Level): Direction {
  return level === 1 ? 'high' : 'low';
}

/** Where an output is. */
interface OpenedLine {
  readonly offset: number;
  readonly valueFile: string;
  /** Opens it anew, at a level. */
  readonly open: (level: Level) => Gpio;
}

/** An output of onoff. */
export class OnoffOutput extends OnoffLine implements OutputLine {
  readonly handle: LineHandle;
  /** Descriptor of the file `direction`, once something was written: onoff would open it for each change. */
  private direction: number | undefined;
  /** Whether it was unexported by somebody, is exported again, and not open yet. */
  private isTakenBack = false;

  constructor(
    gpio: Gpio,
    private readonly line: OpenedLine,
    forget: () => void,
  ) {
    super(gpio, line.offset, forget);
    this.handle = { kind: 'sysfs', valueFile: line.valueFile };
  }

  write(level: Level): void {
    this.attempt('write', () => {
      try {
        // Its value is upside down when another program says so.
        writeSync(this.openDirection(), toDirection(level));
      } catch (error) {
        this.closeDirection();
        this.isTakenBack ||= exportAgain(this.line.valueFile);
        if (!this.isTakenBack) throw error;
        this.gpio = this.line.open(level);
        this.isTakenBack = false;
      }
    });
  }

  release(safe: Level): void {
    if (this.released) return;
    try {
      this.write(safe);
    } catch {
      // It stays exported, so that its guardian and the next start can go on trying.
      this.released = true;
      this.forget();
      return;
    }
    this.giveBack();
  }

  protected override giveBack(): void {
    this.closeDirection();
    super.giveBack();
  }

  private openDirection(): number {
    this.direction ??= openSync(
      join(dirname(this.line.valueFile), 'direction'),
      constants.O_WRONLY,
    );
    return this.direction;
  }

  private closeDirection(): void {
    if (this.direction !== undefined) closeSync(this.direction);
    this.direction = undefined;
  }
}

/** An input of onoff. */
export class OnoffInput extends OnoffLine implements InputLine {
  private readonly listeners: EdgeListeners;
  private settling: NodeJS.Timeout | undefined;

  constructor(
    gpio: Gpio,
    offset: number,
    private readonly debounce: number,
    forget: () => void,
  ) {
    super(gpio, offset, forget);
    try {
      this.listeners = new EdgeListeners(this.read());
      gpio.watch((error, level) => {
        if (!error) this.settle(level, performance.now());
      });
    } catch (error) {
      this.giveBack();
      throw error;
    }
  }

  onEdge(listener: (edge: Edge) => void): () => void {
    return this.listeners.add(listener);
  }

  release(): void {
    if (this.released) return;
    clearTimeout(this.settling);
    this.listeners.clear();
    this.giveBack();
  }

  /** onoff's own debounce is not used: it would read the line after its release. */
  private settle(level: Level, at: number): void {
    clearTimeout(this.settling);
    if (this.debounce === 0) this.listeners.tell({ level, at });
    else this.settling = setTimeout(() => this.tellSettled(at), this.debounce);
  }

  private tellSettled(at: number): void {
    this.listeners.tell({ level: this.read(), at });
  }
}
