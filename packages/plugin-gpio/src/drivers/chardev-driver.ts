import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { GpioError } from '../gpio-error.js';
import { ChardevInput, ChardevOutput } from './chardev-line.js';
import { type OpenChip, openHeaderChip } from './chip-finder.js';
import type { GpioDriver, InputLine, InputOptions, Level, OutputLine } from './gpio-driver.js';
import {
  gpioIoctl,
  newInputRequest,
  newLineInfo,
  newOutputRequest,
  toConsumer,
  toLineFd,
} from './gpio-uapi.js';
import { errnoName, toLineError } from './kernel-error.js';
import { driverClosed, requireHeaderLine } from './line-errors.js';
import { LinePoller } from './line-poller.js';
import { loadSystemCalls, type SystemCalls } from './system-calls.js';

/** What {@link ChardevDriver.open} takes. */
export interface ChardevOptions {
  /** Name under which the kernel shows the claimed lines; 31 bytes at most. @default 'pertybot' */
  readonly consumer?: string;
  /** Where the devices are. @default '/dev' */
  readonly devFolder?: string;
  /** @default those of the C library, through koffi */
  readonly calls?: SystemCalls;
}

/**
 * The GPIO character device of Linux 5.10 and newer: a claimed line is ours alone, starts at its
 * level in the same step, and is given back by the kernel when the bot dies.
 */
export class ChardevDriver implements GpioDriver {
  readonly name = 'chardev';
  readonly description: string;
  private readonly poller: LinePoller;
  private readonly left = new Set<() => void>();
  private closed = false;

  private constructor(
    private readonly calls: SystemCalls,
    private readonly chip: OpenChip,
    private readonly consumer: string,
  ) {
    this.description = `${chip.info.name} (${chip.info.label})`;
    this.poller = new LinePoller(calls);
  }

  /** @throws GpioError GPIO_DRIVER_MISSING, GPIO_NO_CHIP, GPIO_NO_ACCESS, GPIO_UNSUPPORTED */
  static async open(options: ChardevOptions = {}): Promise<ChardevDriver> {
    const calls = options.calls ?? (await loadSystemCalls());
    const chip = await openHeaderChip(calls, options.devFolder);
    const errno = calls.ioctl(chip.fd, gpioIoctl.lineInfo, newLineInfo(0));
    if (errno === 0) return new ChardevDriver(calls, chip, options.consumer ?? 'pertybot');
    closeSync(chip.fd);
    const found = `version 2 of the GPIO interface (${errnoName(errno)})`;
    throw new GpioError('GPIO_UNSUPPORTED', `This kernel has no ${found}.`, {
      hint: 'Update to Linux 5.10 or newer, or set driver: onoff.',
    });
  }

  async claimOutput(offset: number, initial: Level): Promise<OutputLine> {
    const fd = await this.claim(offset, () => newOutputRequest(offset, this.consumer, initial));
    const giveBack = () => line.release(initial);
    const line = new ChardevOutput(this.calls, { offset, fd, chip: this.chip.path }, () =>
      this.left.delete(giveBack),
    );
    this.left.add(giveBack);
    return line;
  }

  async claimInput(offset: number, options: InputOptions): Promise<InputLine> {
    const fd = await this.claim(offset, () => newInputRequest(offset, this.consumer, options));
    const giveBack = () => line.release();
    const forget = () => this.left.delete(giveBack);
    const line = this.listen({ offset, fd }, forget);
    this.left.add(giveBack);
    return line;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const giveBack of [...this.left]) giveBack();
    await this.poller.close();
    closeSync(this.chip.fd);
  }

  /** A line whose first level cannot be read is given back: nobody would know of it. */
  private listen(line: { offset: number; fd: number }, forget: () => void): ChardevInput {
    try {
      return new ChardevInput(this.calls, line, this.poller, forget);
    } catch (error) {
      closeSync(line.fd);
      throw error;
    }
  }

  /** Asks the kernel for a line; resolves to its file descriptor. */
  private async claim(offset: number, toRequest: () => Buffer): Promise<number> {
    await this.poller.settled();
    if (this.closed) throw driverClosed(this.name);
    requireHeaderLine(offset);
    const request = toRequest();
    const errno = this.calls.ioctl(this.chip.fd, gpioIoctl.requestLine, request);
    if (errno === 0) return toLineFd(request);
    throw toLineError(offset, errno, 'claim', this.holder(offset, errno));
  }

  private holder(offset: number, errno: number): string | undefined {
    const info = newLineInfo(offset);
    if (errno !== constants.errno.EBUSY) return undefined;
    if (this.calls.ioctl(this.chip.fd, gpioIoctl.lineInfo, info) !== 0) return undefined;
    return toConsumer(info) || undefined;
  }
}
