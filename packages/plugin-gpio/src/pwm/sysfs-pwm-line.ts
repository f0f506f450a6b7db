import { constants, existsSync, writeFileSync } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodeOf } from '@pertybot/core';
import type { Level, LineHandle } from '../drivers/gpio-driver.js';
import { exportedByOther } from '../drivers/line-errors.js';
import type { OwnLines } from '../drivers/own-lines.js';
import { exportAgain } from '../drivers/sysfs-level.js';
import { GpioError } from '../gpio-error.js';
import type { PwmChannel } from './pwm-channel.js';
import { type TonalLine, toPeriod } from './pwm-line.js';

/** How long udev may take to hand over the files of a new channel, in milliseconds. */
const patience = 2_000;

/** How a channel is claimed. */
export interface PwmLineOptions {
  /** Nanoseconds of a turn. */
  readonly period: number;
  /** BCM number of the pin that pulses. */
  readonly offset: number;
  /** Channels that a bot before this one has left. */
  readonly ownLines: OwnLines;
}

/** A channel of the kernel's PWM, which goes on by itself however busy the bot is. */
export class SysfsPwmLine implements TonalLine {
  readonly handle: LineHandle;
  private duty = 0;
  private level: Level = 0;
  private released = false;

  /** Nanoseconds of a turn. */
  private period: number;
  readonly offset: number;

  private constructor(
    private readonly channel: PwmChannel,
    private readonly options: PwmLineOptions,
  ) {
    this.period = options.period;
    this.offset = options.offset;
    this.handle = { kind: 'pwm', valueFile: this.file('enable') };
  }

  /**
   * Takes the channel, which does not pulse yet.
   * @throws GpioError GPIO_PIN_BUSY, GPIO_NO_ACCESS, GPIO_DRIVER_FAILED
   */
  static async claim(channel: PwmChannel, options: PwmLineOptions): Promise<SysfsPwmLine> {
    await exportChannel(channel, options.ownLines);
    const line = new SysfsPwmLine(channel, options);
    try {
      await untilWritable(line.file('period'));
      line.put('enable', 0);
      line.put('duty_cycle', 0);
      line.put('period', options.period);
      return line;
    } catch (error) {
      line.release();
      throw error;
    }
  }

  get share(): number {
    return this.duty;
  }

  setShare(share: number): void {
    this.duty = Math.min(1, Math.max(0, share));
    this.put('duty_cycle', Math.round(this.period * this.duty));
  }

  setFrequency(frequency: number): void {
    // The kernel refuses a turn that is shorter than its share.
    this.put('duty_cycle', 0);
    this.period = toPeriod(frequency);
    this.put('period', this.period);
    this.setShare(this.duty);
  }

  /** 1 pulses, 0 does not. */
  write(level: Level): void {
    this.put('enable', level);
    this.level = level;
  }

  read(): Level {
    return this.level;
  }

  release(): void {
    if (this.released) return;
    this.released = true;
    try {
      writeFileSync(this.file('enable'), '0');
      writeFileSync(path.join(this.channel.chip, 'unexport'), String(this.channel.channel));
      this.options.ownLines.delete(channelFolder(this.channel));
    } catch {
      // Releasing never fails: a chip that went away needs nothing more.
    }
  }

  private file(name: string): string {
    return path.join(channelFolder(this.channel), name);
  }

  private put(name: string, value: number): void {
    const file = this.file(name);
    const write = () => writeFileSync(file, String(value));
    try {
      try {
        write();
      } catch (error) {
        if (!exportAgain(file)) throw error;
        write();
      }
    } catch (error) {
      throw failure(file, error);
    }
  }
}

function channelFolder({ chip, channel }: PwmChannel): string {
  return path.join(chip, `pwm${channel}`);
}

/**
 * A channel that is exported already is taken over where a bot that died has left it; never that of
 * another program, such as the one which runs the fan of the case.
 */
async function exportChannel(channel: PwmChannel, own: OwnLines): Promise<void> {
  const folder = channelFolder(channel);
  const what = `PWM channel ${channel.channel} of "${channel.chip}"`;
  if (existsSync(folder)) {
    if (own.has(folder)) return;
    throw exportedByOther(what, folder);
  }
  own.add(folder);
  const file = path.join(channel.chip, 'export');
  try {
    await writeFile(file, String(channel.channel));
  } catch (error) {
    own.delete(folder);
    if (errorCodeOf(error) !== 'EBUSY') throw failure(file, error);
    throw new GpioError('GPIO_PIN_BUSY', `${what} is in use.`, {
      hint: 'Stop what uses it, or choose another pin.',
      cause: error,
      isElsewhere: true,
    });
  }
}

async function untilWritable(file: string): Promise<void> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await access(file, constants.W_OK);
    } catch (error) {
      if (performance.now() > deadline) throw failure(file, error);
      await sleep(20);
    }
  }
}

function failure(file: string, cause: unknown): GpioError {
  const code = errorCodeOf(cause);
  if (code === 'EACCES' || code === 'EPERM') {
    return new GpioError('GPIO_NO_ACCESS', `"${file}" cannot be written.`, {
      hint: 'Put the user of the bot into the group "gpio", log in again, and start the bot again.',
      cause,
    });
  }
  return new GpioError('GPIO_DRIVER_FAILED', `The kernel refused "${file}" (${code}).`, {
    hint: 'Look at the overlay in /boot/firmware/config.txt and at the log of the kernel.',
    cause,
  });
}
