import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { messageOf } from '@pertybot/core';
import { type OpenChip, openHeaderChip } from '../drivers/chip-finder.js';
import type { Level } from '../drivers/gpio-driver.js';
import {
  gpioIoctl,
  newLineInfo,
  newLineRequest,
  newLineValues,
  newOutputRequest,
  toConsumer,
  toLineFd,
} from '../drivers/gpio-uapi.js';
import { errnoName } from '../drivers/kernel-error.js';
import { loadSystemCalls, type SystemCalls } from '../drivers/system-calls.js';
import { findLineHolders, type LineHolder } from './line-holders.js';

/** What became of a line, and the level that was seen at it. */
export type OutsideResult =
  | { readonly level: Level }
  /** Why it could not be set, or not be seen. */
  | { readonly reason: string };

/** Name under which the kernel shows what is claimed here. */
const consumer = 'pertybot-estop';

/** Names under which bots hold their lines. */
const ownConsumers = ['pertybot', consumer, 'pertybot-safe'];

/** pidfd_open(2) and pidfd_getfd(2): one number on every architecture (asm-generic/unistd.h). */
const pidfdOpen = 434;

const pidfdGetfd = 438;

/** What {@link OutsideHeader} reaches the kernel with; replaced in tests. */
export interface OutsideReach {
  readonly calls: SystemCalls;
  readonly copyFd: CopyFd;
  readonly findHolders: (chip: string, offset: number) => readonly LineHolder[];
}

/**
 * Takes a copy of another process's file descriptor, whatever that process is doing. The kernel allows it to
 * whoever may debug the process: its own user (unless Yama forbids it) and root.
 * @returns the copy, closed on exec; undefined where the kernel does not give it
 */
type CopyFd = (pid: number, fd: number) => number | undefined;

/**
 * The header's lines for somebody who is not the bot. A line that a bot or its guardian holds is set through a
 * copy of their own descriptor, so that it needs the help of neither. What is told was read back.
 */
export class OutsideHeader {
  private constructor(
    private readonly reach: OutsideReach,
    private readonly chip: OpenChip,
  ) {}

  /** @throws GpioError GPIO_DRIVER_MISSING, GPIO_NO_CHIP, GPIO_NO_ACCESS */
  static async open(reach?: OutsideReach, devFolder?: string): Promise<OutsideHeader> {
    const used = reach ?? {
      calls: await loadSystemCalls(),
      copyFd: await loadCopyFd(),
      findHolders: findLineHolders,
    };
    return new OutsideHeader(used, await openHeaderChip(used.calls, devFolder));
  }

  /** Sets a line, whoever of a bot holds it. Never throws. */
  set(offset: number, level: Level): OutsideResult {
    try {
      return this.setFree(offset, level) ?? this.setHeld(offset, level);
    } catch (error) {
      return { reason: messageOf(error) };
    }
  }

  /** Looks at the level of a line, and leaves it as it is. Never throws. */
  look(offset: number): OutsideResult {
    try {
      const request = newLineRequest(offset, consumer);
      const errno = this.reach.calls.ioctl(this.chip.fd, gpioIoctl.requestLine, request);
      if (errno === 0) return this.through(toLineFd(request));
      if (errno !== constants.errno.EBUSY) return { reason: errnoName(errno) };
      return this.throughCopy(offset);
    } catch (error) {
      return { reason: messageOf(error) };
    }
  }

  close(): void {
    closeSync(this.chip.fd);
  }

  /** @returns undefined when somebody holds it */
  private setFree(offset: number, level: Level): OutsideResult | undefined {
    const request = newOutputRequest(offset, consumer, level);
    const errno = this.reach.calls.ioctl(this.chip.fd, gpioIoctl.requestLine, request);
    if (errno === constants.errno.EBUSY) return undefined;
    if (errno !== 0) return { reason: errnoName(errno) };
    const set = this.through(toLineFd(request));
    if ('reason' in set || set.level !== level) return set;
    // Some kernels let a line go to its pull as it is given back: what remains counts.
    return this.look(offset);
  }

  private setHeld(offset: number, level: Level): OutsideResult {
    const info = newLineInfo(offset);
    this.reach.calls.ioctl(this.chip.fd, gpioIoctl.lineInfo, info);
    const holder = toConsumer(info);
    if (!ownConsumers.includes(holder)) return { reason: `"${holder || 'the kernel'}" has it` };
    return this.throughCopy(offset, level);
  }

  private throughCopy(offset: number, level?: Level): OutsideResult {
    const { copyFd, findHolders } = this.reach;
    for (const { pid, fd } of findHolders(this.chip.info.name, offset)) {
      const copy = copyFd(pid, fd);
      if (copy !== undefined) return this.through(copy, level);
    }
    return { reason: 'the bot holds it, and only root may look at it' };
  }

  /** Uses a line's descriptor once, and closes it. */
  private through(fd: number, level?: Level): OutsideResult {
    try {
      const values = newLineValues();
      if (level !== undefined) {
        values.writeUInt8(level, 0);
        const errno = this.reach.calls.ioctl(fd, gpioIoctl.setValues, values);
        if (errno !== 0) return { reason: errnoName(errno) };
      }
      const errno = this.reach.calls.ioctl(fd, gpioIoctl.getValues, values);
      return errno === 0
        ? { level: values.readUInt8(0) & 1 ? 1 : 0 }
        : { reason: errnoName(errno) };
    } finally {
      closeSync(fd);
    }
  }
}

/** Reaches the C library through koffi, which is loaded only here. @throws when koffi is not there */
async function loadCopyFd(): Promise<CopyFd> {
  const koffi = await import('koffi');
  const syscall = koffi.load(null).func('long syscall(long number, long a, long b, long c)');
  return (pid, fd) => {
    const process: number = syscall(pidfdOpen, pid, 0, 0);
    if (process < 0) return undefined;
    const copy: number = syscall(pidfdGetfd, process, fd, 0);
    closeSync(process);
    return copy < 0 ? undefined : copy;
  };
}
