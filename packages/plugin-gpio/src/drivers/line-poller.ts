import { closeSync, readSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SystemCalls } from './system-calls.js';

/** Longest that one call waits, in milliseconds: `process.exit` has to wait for it. */
const longestPoll = 500;

/** Milliseconds before another try when the kernel did not want to wait. */
const pauseAfterFailure = 100;

/** struct pollfd: int fd, short events, short revents. */
const pollFdSize = 8;
const POLLIN = 0x001;
/** POLLERR | POLLHUP | POLLNVAL: the line is gone. */
const gone = 0x038;

/**
 * One poll(2) that waits for the edges of all lines on one thread, however many they are. A read
 * that blocks would take a thread for each line, and hold up `process.exit` for good.
 */
export class LinePoller {
  private readonly lines = new Map<number, () => void>();
  private readonly wakeFd: number;
  private readonly wakeBytes = Buffer.alloc(8);
  private running: Promise<void> | undefined;
  /** The call under way, while it may still hold a line that was removed. */
  private stale: Promise<unknown> | undefined;
  private call: Promise<unknown> | undefined;

  constructor(private readonly calls: SystemCalls) {
    this.wakeFd = calls.eventfd();
  }

  /** Calls `onReadable` whenever the line has events to read. */
  add(fd: number, onReadable: () => void): void {
    this.lines.set(fd, onReadable);
    this.wake();
    this.running ??= this.run();
  }

  /** To be called before the file descriptor is closed. */
  remove(fd: number): void {
    if (!this.lines.delete(fd) || !this.call) return;
    this.stale = this.call;
    this.wake();
  }

  /** Resolves when no call holds a removed line: until then the kernel counts it as in use. */
  async settled(): Promise<void> {
    await this.stale?.catch(() => {});
  }

  /** Stops waiting. */
  async close(): Promise<void> {
    this.lines.clear();
    this.wake();
    await this.running;
    closeSync(this.wakeFd);
  }

  private async run(): Promise<void> {
    while (this.lines.size > 0) {
      const isWell = await this.turn().catch(() => false);
      if (!isWell) await sleep(pauseAfterFailure);
    }
    this.running = undefined;
  }

  /** Waits once, and tells. @returns whether nothing failed; a line that could not be read is told again */
  private async turn(): Promise<boolean> {
    const lines = [...this.lines];
    const fds = toPollFds([this.wakeFd, ...lines.map(([fd]) => fd)]);
    const call = this.calls.poll(fds, lines.length + 1, longestPoll);
    this.call = call;
    const ready = await call.finally(() => {
      this.call = this.stale = undefined;
    });
    if (ready <= 0) return ready === 0;
    if (eventsAt(fds, 0) & POLLIN) readSync(this.wakeFd, this.wakeBytes);
    let isWell = true;
    for (const [index, [fd, onReadable]] of lines.entries()) {
      const events = eventsAt(fds, index + 1);
      // The number may belong to another line by now.
      if (this.lines.get(fd) !== onReadable) continue;
      if (events & gone) this.lines.delete(fd);
      else if (events & POLLIN) isWell = succeeds(onReadable) && isWell;
    }
    return isWell;
  }

  private wake(): void {
    if (!this.call) return;
    const one = Buffer.alloc(8);
    one.writeBigUInt64LE(1n);
    writeSync(this.wakeFd, one);
  }
}

/** Keeps the failure of one line from the others. */
function succeeds(task: () => void): boolean {
  try {
    task();
    return true;
  } catch {
    return false;
  }
}

function toPollFds(fds: readonly number[]): Buffer {
  const bytes = Buffer.alloc(fds.length * pollFdSize);
  for (const [index, fd] of fds.entries()) {
    bytes.writeInt32LE(fd, index * pollFdSize);
    bytes.writeInt16LE(POLLIN, index * pollFdSize + 4);
  }
  return bytes;
}

function eventsAt(fds: Buffer, index: number): number {
  return fds.readInt16LE(index * pollFdSize + 6);
}
