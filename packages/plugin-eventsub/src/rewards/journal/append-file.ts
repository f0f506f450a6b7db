import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';

const sync = promisify(fdatasync);

/**
 * A file to which whole lines are added. A line is there when `add` returns, and outlives the death of the
 * process; what is to outlive a loss of power is synced.
 */
export class AppendFile {
  private readonly descriptor: number;
  private syncing: Promise<void> | undefined;
  private length: number;
  private isClosed = false;

  /** @throws Node's error when the file cannot be opened */
  constructor(readonly path: string) {
    const { O_APPEND, O_CREAT, O_RDWR } = constants;
    this.descriptor = openSync(path, O_APPEND | O_CREAT | O_RDWR, 0o600);
    this.length = fstatSync(this.descriptor).size;
  }

  /** Bytes. */
  get size(): number {
    return this.length;
  }

  /** @throws Node's error, or one of ours for a disk that took only a part; the file is as it was then */
  add(line: string): void {
    // Its descriptor may be another file's by now.
    if (this.isClosed) throw new Error('it is closed');
    const text = `${line}\n`;
    const written = writeSync(this.descriptor, text);
    if (written === Buffer.byteLength(text)) {
      this.length += written;
      return;
    }
    ftruncateSync(this.descriptor, this.length);
    throw new Error('ENOSPC: no space left on device');
  }

  /** Resolves when all that was added before is on the disk; one sync serves all who wait for the same. */
  async synced(): Promise<void> {
    // One that is under way may have begun before the last line.
    const before = this.syncing;
    if (before) await before.catch(() => {});
    if (this.isClosed) return;
    this.syncing ??= sync(this.descriptor).finally(() => {
      this.syncing = undefined;
    });
    await this.syncing;
  }

  /** Waits for a sync that is under way: its descriptor may have another meaning after this. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.syncing?.catch(() => {});
    closeSync(this.descriptor);
  }
}
