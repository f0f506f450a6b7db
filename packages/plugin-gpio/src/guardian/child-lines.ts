import { writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

/** The lines that a child writes, told one by one. */
export class ChildLines {
  private rest = '';
  private readonly firstLine: Promise<string>;

  /** @param tell called for each line but the first */
  constructor(output: Readable | null, tell: (line: string) => void) {
    this.firstLine = new Promise((resolve) => {
      let hasBegun = false;
      output?.on('data', (bytes: Buffer) => {
        const lines = `${this.rest}${bytes.toString()}`.split('\n');
        this.rest = lines.pop() ?? '';
        for (const line of lines) {
          if (hasBegun) tell(line);
          else resolve(line);
          hasBegun = true;
        }
      });
    });
  }

  /** Waits for the first line. @throws Error when it is another one, or does not come in time */
  async first(expected: string, signal: AbortSignal): Promise<void> {
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('it does not answer')));
    });
    const line = await Promise.race([this.firstLine, late]);
    if (line !== expected) throw new Error(`it said "${line}"`);
  }
}

/** A child must not keep a bot alive that has nothing else to do. */
export function unrefPipe(pipe: unknown): void {
  if (typeof pipe !== 'object' || pipe === null || !('unref' in pipe)) return;
  if (typeof pipe.unref === 'function') pipe.unref();
}

/** Writes a line. What a child that is stopped does not read must not pile up here. */
export function writeLine(pipe: Writable | null, line: string): void {
  if (pipe?.writable && !pipe.writableNeedDrain) pipe.write(`${line}\n`);
}

/** Writes a line of ASCII by one system call where that can be: something waits for it, and a stream takes far longer. */
export function writeAtOnce(pipe: Writable | null, line: string): void {
  const fd = pipe?.writable && pipe.writableLength === 0 ? fdOf(pipe) : undefined;
  if (pipe === null || fd === undefined) {
    writeLine(pipe, line);
    return;
  }
  const text = `${line}\n`;
  try {
    const length = writeSync(fd, text);
    // A pipe that is nearly full takes the beginning.
    if (length < text.length) pipe.write(text.slice(length));
  } catch {
    // It is full or closed, which the stream knows how to handle.
    writeLine(pipe, line);
  }
}

/** Node has it in each pipe, but does not say so. */
function fdOf(pipe: Writable): number | undefined {
  const handle = '_handle' in pipe ? pipe._handle : undefined;
  if (typeof handle !== 'object' || handle === null || !('fd' in handle)) return undefined;
  return typeof handle.fd === 'number' && handle.fd >= 0 ? handle.fd : undefined;
}
