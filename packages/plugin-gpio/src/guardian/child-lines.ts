import type { Readable } from 'node:stream';

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
