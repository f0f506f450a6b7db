import { join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import type { Direction, Edge, Gpio } from 'onoff';
import { GpioError } from '../gpio-error.js';
import type { GpioDriver, InputLine, InputOptions, Level, OutputLine } from './gpio-driver.js';
import { errnoOf, toLineError } from './kernel-error.js';
import { driverClosed, lineBusy, requireHeaderLine } from './line-errors.js';
import { OnoffInput, OnoffOutput, toDirection } from './onoff-line.js';
import { OwnLines } from './own-lines.js';
import { findSysfsHeader, type SysfsHeader } from './sysfs-base.js';
import { exportLine, lineFolder, type SysfsLine } from './sysfs-export.js';

/** The only folder that onoff knows. */
const sysfsFolder = '/sys/class/gpio';

/** The package onoff. */
type Onoff = typeof import('onoff');

/** How the driver is opened. */
export interface OnoffOptions {
  /** Named in errors. @default 'pertybot' */
  readonly consumer?: string;
  /** What a bot before this one has left. @default nothing */
  readonly ownLines?: OwnLines;
}

/**
 * The package onoff over the GPIO files of sysfs, for kernels without a usable character device.
 * It adds what onoff and sysfs lack: the header's base number, exclusive claims within this
 * process, a wait for udev that holds nothing up, and errors that say what to do.
 */
export class OnoffDriver implements GpioDriver {
  readonly name = 'onoff';
  readonly description: string;
  /** Claimed lines, and how to give them back. */
  private readonly claimed = new Map<number, () => void>();
  private closed = false;

  private constructor(
    private readonly onoff: Onoff,
    private readonly header: SysfsHeader,
    private readonly consumer: string,
    private readonly own: OwnLines,
  ) {
    this.description = `sysfs base ${header.base} (${header.label})`;
  }

  /** @throws GpioError GPIO_DRIVER_MISSING, GPIO_NO_CHIP, GPIO_NO_ACCESS */
  static async open({
    consumer = 'pertybot',
    ownLines = new OwnLines(),
  }: OnoffOptions = {}): Promise<OnoffDriver> {
    const onoff = await loadOnoff();
    const header = await findSysfsHeader(sysfsFolder);
    if (onoff.Gpio.accessible) {
      return new OnoffDriver(onoff, header, consumer, ownLines);
    }
    throw new GpioError('GPIO_NO_ACCESS', `This user may not write "${sysfsFolder}/export".`, {
      hint: 'Run "sudo usermod -aG gpio $USER", then log in again.',
    });
  }

  async claimOutput(offset: number, initial: Level): Promise<OutputLine> {
    const { line, gpio } = await this.claim(offset, toDirection(initial));
    if (gpio.direction() !== 'out') {
      gpio.unexport();
      this.forget(line);
      throw notTaken(offset);
    }
    const valueFile = join(lineFolder(line), 'value');
    const forget = () => this.forget(line);
    const open = (level: Level) => this.open(line, toDirection(level));
    const output = new OnoffOutput(gpio, { offset, valueFile, open }, forget);
    this.claimed.set(offset, () => output.release(initial));
    return output;
  }

  async claimInput(offset: number, options: InputOptions): Promise<InputLine> {
    if (options.pull !== 'none') throw pullUnsupported(offset, options.pull);
    const { line, gpio } = await this.claim(offset, 'in', 'both');
    const forget = () => this.forget(line);
    try {
      const input = new OnoffInput(gpio, offset, options.debounce, forget);
      this.claimed.set(offset, () => input.release());
      return input;
    } catch (error) {
      // Its first level cannot be read.
      gpio.unexport();
      forget();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const giveBack of [...this.claimed.values()]) giveBack();
  }

  private forget(line: SysfsLine): void {
    this.claimed.delete(line.offset);
    this.own.delete(lineFolder(line));
  }

  /** 'high' and 'low' are levels at the pin; activeLow would switch a relay on by opening it. */
  private open({ number }: SysfsLine, direction: Direction, edge: Edge = 'none'): Gpio {
    return new this.onoff.Gpio(number, direction, edge, { activeLow: false });
  }

  /** sysfs would share the line in silence: two claims at once are refused here. */
  private async claim(
    offset: number,
    direction: Direction,
    edge: Edge = 'none',
  ): Promise<{ line: SysfsLine; gpio: Gpio }> {
    if (this.closed) throw driverClosed(this.name);
    requireHeaderLine(offset);
    if (this.claimed.has(offset)) throw lineBusy(offset, this.consumer);
    this.claimed.set(offset, () => {});
    const line = { folder: sysfsFolder, number: this.header.base + offset, offset };
    try {
      await exportLine(line, this.own);
      if (this.closed) throw driverClosed(this.name);
      return { line, gpio: this.open(line, direction, edge) };
    } catch (error) {
      this.claimed.delete(offset);
      if (error instanceof GpioError) throw error;
      throw toLineError(offset, errnoOf(error), 'claim');
    }
  }
}

/**
 * Loads onoff, which is optional: its part `epoll` is compiled when it is installed, and is absent
 * where there was no compiler or where install scripts are off.
 * @param load brings onoff; replaced in tests
 * @throws GpioError GPIO_DRIVER_MISSING
 */
export async function loadOnoff(
  load: () => Promise<Onoff> = () => import('onoff'),
): Promise<Onoff> {
  try {
    return await load();
  } catch (cause) {
    if (errorCodeOf(cause) === 'ERR_MODULE_NOT_FOUND') {
      throw new GpioError('GPIO_DRIVER_MISSING', 'The package "onoff" is not installed.', {
        hint: 'Run "npm install onoff@6.0.3".',
        cause,
      });
    }
    throw new GpioError('GPIO_DRIVER_MISSING', 'The package "onoff" has no compiled part.', {
      hint: 'Run "sudo apt install build-essential python3", then "npm rebuild epoll".',
      cause,
    });
  }
}

/** onoff hides a failed change of direction when the line was exported before. */
function notTaken(offset: number): GpioError {
  return new GpioError('GPIO_DRIVER_FAILED', `Pin "GPIO${offset}" did not become an output.`, {
    hint: 'Stop the program that exported it, or choose another pin.',
  });
}

function pullUnsupported(offset: number, pull: 'up' | 'down'): GpioError {
  const sentence = `The driver "onoff" cannot pull pin "GPIO${offset}" ${pull}.`;
  const entry = `gpio=${offset}=ip,${pull === 'up' ? 'pu' : 'pd'}`;
  return new GpioError('GPIO_UNSUPPORTED', sentence, {
    hint: `Set driver: chardev; or add "${entry}" to /boot/firmware/config.txt and set pull: none.`,
  });
}
