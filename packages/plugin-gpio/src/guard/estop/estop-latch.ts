import { chownSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type BotFolders, errorCodeOf, messageOf } from '@pertybot/core';
import { writeFileAtomicallySync } from '@pertybot/core/host';
import { GpioError } from '../../gpio-error.js';
import { EstopBackup } from './estop-backup.js';
import { type EstopRecord, parseRecord, unknownRecord } from './estop-record.js';

export type { EstopRecord } from './estop-record.js';

/** Name of the file that keeps everything off across restarts. */
const fileName = 'estop.json';

/** What a look at the latch told. Only `clear` says that nothing is stopped. */
export type LatchState =
  | { readonly state: 'latched'; readonly record: EstopRecord }
  | { readonly state: 'clear' }
  /** Its folder is not there, or another one is in its place. */
  | { readonly state: 'gone' }
  | { readonly state: 'unreadable'; readonly reason: string };

/** One for each bot, however often its gpio plugin is loaded anew: what could not be written yet is here. */
const latches = new WeakMap<BotFolders, EstopLatch>();

/**
 * The emergency stop's file in the state folder. All of it is synchronous: it must be done before a
 * signal handler ends. It is believed only when it was read: whatever keeps it from being read is no release.
 */
export class EstopLatch {
  private readonly file: string;
  /** The folder in which the file was seen. */
  private home: string | undefined;
  private unwritten: EstopRecord | undefined;

  /**
   * @param folder state folder of the bot
   * @param backup where a stop is kept that cannot be written there
   */
  constructor(
    private readonly folder: string,
    private readonly backup: EstopBackup = new EstopBackup(folder),
  ) {
    this.file = path.join(folder, fileName);
  }

  /** The latch of a running bot: the same one after each reload. */
  static of(folders: BotFolders): EstopLatch {
    const latch = latches.get(folders) ?? new EstopLatch(folders.state);
    latches.set(folders, latch);
    return latch;
  }

  /** Whether a stop holds that is not in its file. */
  get isUnwritten(): boolean {
    return this.unwritten !== undefined;
  }

  /**
   * Who stopped everything, as far as is known at the start of a bot.
   * @returns undefined only where nothing says so; a damaged file and one that cannot be read are a stop
   */
  read(): EstopRecord | undefined {
    const seen = this.look();
    if (seen.state === 'latched') return seen.record;
    this.unwritten ??= seen.state === 'unreadable' ? unknownRecord : this.backup.read();
    return this.unwritten;
  }

  /** Looks whether the file is there. Never throws. */
  look(): LatchState {
    try {
      const isFile = lstatSync(this.file).isFile();
      this.home = this.identify();
      // Whoever reads a pipe waits for ever.
      return { state: 'latched', record: isFile ? this.readFile() : unknownRecord };
    } catch (error) {
      if (errorCodeOf(error) !== 'ENOENT') return { state: 'unreadable', reason: reasonOf(error) };
    }
    try {
      const isHome = this.home === undefined || this.home === this.identify();
      return { state: isHome ? 'clear' : 'gone' };
    } catch (error) {
      if (errorCodeOf(error) === 'ENOENT') return { state: 'gone' };
      return { state: 'unreadable', reason: reasonOf(error) };
    }
  }

  /**
   * Writes it so that it survives a loss of power. One that cannot be written is remembered, here and outside of
   * the bot, for {@link EstopLatch.rewrite}.
   * @throws the system's error
   */
  write(record: EstopRecord): void {
    this.unwritten = record;
    try {
      this.makeFolder();
      writeFileAtomicallySync(this.file, `${JSON.stringify(record)}\n`);
      this.home = this.identify();
    } catch (error) {
      this.backup.keep(record);
      throw error;
    }
    this.unwritten = undefined;
    this.dropSpare();
  }

  /** Tries again to write what could not be written. @throws the system's error */
  rewrite(): void {
    if (!this.unwritten) return;
    // It was there all the time, or another process has written it.
    const isThere = this.look().state === 'latched';
    if (!isThere) this.write(this.unwritten);
    this.unwritten = undefined;
    this.dropSpare();
  }

  /** @throws GpioError GPIO_LATCH_LOCKED when it cannot be taken away: then everything stays stopped */
  remove(): void {
    try {
      this.backup.drop();
      rmSync(this.file, { force: true });
    } catch (cause) {
      const message = `The emergency stop stays: "${this.file}" cannot be removed (${reasonOf(cause)}).`;
      throw new GpioError('GPIO_LATCH_LOCKED', message, {
        hint: `${this.cureFor(reasonOf(cause))}, then run "pertybot estop --release" again.`,
        cause,
      });
    }
    this.unwritten = undefined;
    this.home = undefined;
  }

  private readFile(): EstopRecord {
    try {
      return parseRecord(readFileSync(this.file, 'utf8'));
    } catch {
      return unknownRecord;
    }
  }

  private cureFor(reason: string): string {
    if (/EISDIR$/.test(reason)) return `That is a folder; remove it: rm -r "${this.file}"`;
    if (reason === 'ENOTDIR') return `"${this.folder}" is no folder; remove it`;
    return 'See to it that its folder can be written';
  }

  private identify(): string {
    const { dev, ino } = statSync(this.folder, { bigint: true });
    return `${dev}:${ino}`;
  }

  /** It counts only while the file is not there. */
  private dropSpare(): void {
    try {
      this.backup.drop();
    } catch {
      // A copy that stays is removed, or said, at the release.
    }
  }

  /** Only the last part of the path: a bot's folder that is not there is no place for a file. */
  private makeFolder(): void {
    try {
      mkdirSync(this.folder, { mode: 0o700 });
      const { uid, gid } = statSync(path.dirname(this.folder));
      if (process.getuid?.() === 0 && uid !== 0) chownSync(this.folder, uid, gid);
    } catch (error) {
      if (errorCodeOf(error) !== 'EEXIST') throw error;
    }
  }
}

function reasonOf(error: unknown): string {
  return errorCodeOf(error) ?? messageOf(error);
}
