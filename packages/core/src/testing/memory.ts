import type { LogFields, Logger, LogLevel } from '../contracts/logger.js';
import type { Json, Store } from '../contracts/store.js';

/** A {@link Store} that forgets everything with the test. */
export class MemoryStore implements Store {
  readonly values = new Map<string, Json>();

  async get(key: string): Promise<Json | undefined> {
    return structuredClone(this.values.get(key));
  }

  async set(key: string, value: Json): Promise<void> {
    this.values.set(key, structuredClone(value));
  }

  async update(key: string, change: (value: Json | undefined) => Json): Promise<Json> {
    const value = change(this.values.get(key));
    this.values.set(key, structuredClone(value));
    return value;
  }

  async delete(key: string): Promise<boolean> {
    return this.values.delete(key);
  }

  async keys(): Promise<readonly string[]> {
    return [...this.values.keys()];
  }
}

/** A line of the log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** A {@link Logger} that keeps its lines. */
export class MemoryLogger implements Logger {
  constructor(
    readonly lines: LogLine[] = [],
    private readonly fields: LogFields = {},
  ) {}

  debug(message: string, fields?: LogFields): void {
    this.add('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.add('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.add('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.add('error', message, fields);
  }

  child(fields: LogFields): Logger {
    return new MemoryLogger(this.lines, { ...this.fields, ...fields });
  }

  private add(level: LogLevel, message: string, fields: LogFields = {}): void {
    this.lines.push({ level, message, fields: { ...this.fields, ...fields } });
  }
}
