import { closeSync, readSync } from 'node:fs';
import { EdgeListeners } from './edge-listeners.js';
import type { Edge, InputLine, Level, LineHandle, OutputLine } from './gpio-driver.js';
import { eventSize, gpioIoctl, newLineValues, toLineEvents } from './gpio-uapi.js';
import { toLineError } from './kernel-error.js';
import { lineReleased } from './line-errors.js';
import type { LinePoller } from './line-poller.js';
import type { SystemCalls } from './system-calls.js';

/** The events that one read takes: as many as the kernel keeps for a line. */
const eventsPerRead = 16;

/** A line that the kernel granted to this process. */
class ChardevLine {
  private readonly values = newLineValues();
  protected released = false;

  constructor(
    protected readonly calls: SystemCalls,
    readonly offset: number,
    protected readonly fd: number,
    protected readonly forget: () => void,
  ) {}

  read(): Level {
    this.call(gpioIoctl.getValues, 'read');
    return this.values.readUInt8(0) & 1 ? 1 : 0;
  }

  protected set(level: Level): void {
    this.values.writeUInt8(level, 0);
    this.call(gpioIoctl.setValues, 'write');
  }

  /** Linux closes a file also when it says that it could not. */
  protected giveBack(): void {
    this.released = true;
    try {
      closeSync(this.fd);
    } catch {
      // See above.
    }
    this.forget();
  }

  private call(request: number, doing: string): void {
    if (this.released) throw lineReleased(this.offset);
    const errno = this.calls.ioctl(this.fd, request, this.values);
    if (errno !== 0) throw toLineError(this.offset, errno, doing);
  }
}

/** An output of the character device. */
export class ChardevOutput extends ChardevLine implements OutputLine {
  readonly handle: LineHandle;

  constructor(
    calls: SystemCalls,
    line: { offset: number; fd: number; chip: string },
    forget: () => void,
  ) {
    super(calls, line.offset, line.fd, forget);
    this.handle = { kind: 'chardev', chip: line.chip, fd: line.fd };
  }

  write(level: Level): void {
    this.set(level);
  }

  release(safe: Level): void {
    if (this.released) return;
    try {
      this.set(safe);
    } catch {
      // Its guardian has the line, too, and goes on trying.
    }
    this.giveBack();
  }
}

/** An input of the character device. */
export class ChardevInput extends ChardevLine implements InputLine {
  private readonly listeners: EdgeListeners;
  private readonly events = Buffer.alloc(eventsPerRead * eventSize);

  constructor(
    calls: SystemCalls,
    line: { offset: number; fd: number },
    private readonly poller: LinePoller,
    forget: () => void,
  ) {
    super(calls, line.offset, line.fd, forget);
    try {
      this.listeners = new EdgeListeners(this.read());
      poller.add(line.fd, () => this.tellEvents());
    } catch (error) {
      poller.remove(line.fd);
      this.giveBack();
      throw error;
    }
  }

  onEdge(listener: (edge: Edge) => void): () => void {
    return this.listeners.add(listener);
  }

  release(): void {
    if (this.released) return;
    this.listeners.clear();
    this.poller.remove(this.fd);
    this.giveBack();
  }

  private tellEvents(): void {
    const length = readSync(this.fd, this.events);
    for (const { level, timestamp } of toLineEvents(this.events.subarray(0, length))) {
      const age = Number(process.hrtime.bigint() - timestamp) / 1e6;
      this.listeners.tell({ level, at: performance.now() - age });
    }
  }
}
