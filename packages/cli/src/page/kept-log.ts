import type { Undo } from '@pertybot/core';
import { type LogEntry, type LogTail, parseJson } from '@pertybot/core/host';

/** Lines that are kept. */
const mostLines = 300;

/** Longest message of a line that is kept. */
const longestMessage = 2_000;

/** Keeps the last lines of the log for the page; they come without secrets. */
export class KeptLog implements LogTail {
  private readonly kept: string[] = [];
  private readonly listeners = new Set<(line: LogEntry) => void>();

  get lines(): readonly LogEntry[] {
    return this.kept.flatMap((line) => toEntry(line) ?? []);
  }

  /** Takes a line of JSON. */
  readonly write = (line: string): void => {
    this.kept.push(line);
    if (this.kept.length > mostLines) this.kept.shift();
    if (this.listeners.size === 0) return;
    const entry = toEntry(line);
    if (entry !== undefined) for (const listener of this.listeners) listener(entry);
  };

  onLine(listener: (line: LogEntry) => void): Undo {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

function toEntry(line: string): LogEntry | undefined {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null) return undefined;
  const read = (key: string): string | undefined => {
    const found: unknown = Reflect.get(value, key);
    return typeof found === 'string' ? found : undefined;
  };
  const plugin = read('plugin');
  return {
    time: read('time') ?? '',
    level: read('level') ?? 'info',
    message: (read('message') ?? '').slice(0, longestMessage),
    ...(plugin !== undefined && { plugin }),
  };
}
