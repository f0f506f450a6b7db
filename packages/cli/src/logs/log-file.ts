import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';

/** Names of the log files in `.pertybot/logs`, the newest last. */
export const logFileNames = ['bot.1.log', 'bot.log'] as const;

/** Bytes after which a file becomes the older one: both together stay below 2 MB. */
const largest = 1_000_000;

/**
 * The log of a bot on the disk, as JSON lines. Each line is there when the call returns, so that the
 * last words of a bot that dies are kept.
 */
export class LogFile {
  private readonly file: string;
  private readonly older: string;
  private size: number;

  /**
   * @param folder where the files are, made if need be
   * @param limit bytes after which a file becomes the older one
   */
  constructor(
    folder: string,
    private readonly limit: number = largest,
  ) {
    const [older, newer] = logFileNames;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.file = join(folder, newer);
    this.older = join(folder, older);
    this.size = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Appends a line, which ends with its line feed. A full or broken disk loses it. */
  write(line: string): void {
    try {
      if (this.size > 0 && this.size + line.length > this.limit) {
        renameSync(this.file, this.older);
        this.size = 0;
      }
      appendFileSync(this.file, line, { mode: 0o600 });
      this.size += Buffer.byteLength(line);
    } catch (error) {
      // The log on stderr goes on; the bot must not end over its log.
      if (errorCodeOf(error) === undefined) throw error;
    }
  }
}
