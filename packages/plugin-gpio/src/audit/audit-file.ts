import { appendFileSync } from 'node:fs';
import { appendFile, open, rename, rm, stat } from 'node:fs/promises';
import { errorCodeOf, type Logger, messageOf } from '@pertybot/core';
import { auditAge } from './pin-use.js';

/** Bytes after which a file becomes the older one: it then holds more than 10,000 uses. */
const largest = 3_000_000;

/** Lines that wait for a disk that does not answer. */
const mostWaiting = 2_000;

/** How long a line waits for others, milliseconds: each write wakes other threads three times. */
const pause = 1_000;

/**
 * Lines that are appended behind the back of whoever writes them: all that come while the disk writes go with the
 * next write. A disk that takes none loses them, with a warning.
 */
export class AuditFile {
  private waiting: string[] = [];
  private writing: Promise<void> | undefined;
  /** Ends the wait for more lines. */
  private hurry = () => {};
  private failing = false;
  private size: number | undefined;
  private atOnce = false;

  /**
   * @param file the newer one
   * @param older what becomes of it when it is full
   */
  constructor(
    private readonly file: string,
    private readonly older: string,
    private readonly log: Logger,
    private readonly limit: number = largest,
  ) {}

  /** Appends a line soon. Never throws. */
  write(line: string): void {
    this.waiting.push(line);
    if (this.waiting.length > mostWaiting) this.waiting.shift();
    if (this.atOnce) this.flushNow();
    else this.writing ??= this.drain();
  }

  /** Resolves when all that was written is on the disk, or lost. */
  async flush(): Promise<void> {
    this.hurry();
    await this.writing;
  }

  /** Writes what waits, and from now on each line, at once: for a process that ends. */
  flushNow(): void {
    this.atOnce = true;
    const lines = this.waiting.splice(0);
    if (lines.length === 0) return;
    try {
      // Behind what may have been cut off in the middle of a line.
      appendFileSync(this.file, `\n${lines.join('\n')}\n`, { mode: 0o600 });
    } catch {
      // Nobody is left to be told.
    }
  }

  private async drain(): Promise<void> {
    // A pin never waits for the disk, nor does the reply.
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause).unref();
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    while (this.waiting.length > 0) await this.append(this.waiting.splice(0));
    this.writing = undefined;
  }

  private async append(lines: readonly string[]): Promise<void> {
    const text = `${lines.join('\n')}\n`;
    try {
      if (this.size === undefined) await this.begin();
      // A write that failed may have left half a line.
      const whole = this.failing ? `\n${text}` : text;
      if ((this.size ?? 0) + whole.length > this.limit) await this.turn();
      await appendFile(this.file, whole, { mode: 0o600 });
      this.size = (this.size ?? 0) + Buffer.byteLength(whole);
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.warn(error);
      this.failing = true;
    }
  }

  /** Looks at what the last run left; files that are too old go, and half a line is ended. */
  private async begin(): Promise<void> {
    const oldest = Date.now() - auditAge;
    const older = await stat(this.older).catch(() => undefined);
    if (older && older.mtimeMs < oldest) await rm(this.older, { force: true });
    const found = await stat(this.file).catch(() => undefined);
    this.size = found?.size ?? 0;
    if (found && (await this.isTorn(found.size))) await appendFile(this.file, '\n');
    if (found && found.birthtimeMs > 0 && found.birthtimeMs < oldest) await this.turn();
  }

  private async isTorn(size: number): Promise<boolean> {
    if (size === 0) return false;
    const handle = await open(this.file, 'r');
    try {
      const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
      return buffer.toString() !== '\n';
    } finally {
      await handle.close();
    }
  }

  private async turn(): Promise<void> {
    await rename(this.file, this.older).catch((error) => {
      if (errorCodeOf(error) !== 'ENOENT') throw error;
    });
    this.size = 0;
  }

  private warn(error: unknown): void {
    this.log.warn(`What is switched cannot be noted in "${this.file}": ${messageOf(error)}`);
  }
}
