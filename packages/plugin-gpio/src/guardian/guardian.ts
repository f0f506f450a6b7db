import type { Logger } from '@pertybot/core';
import { messageOf } from '@pertybot/core';
import type { Level, LineHandle } from '../drivers/gpio-driver.js';
import { type GuardedLine, GuardianProcess } from './guardian-process.js';
import type { PinsFile, RecordedPin } from './pins-file.js';

/** Milliseconds without a heartbeat after which the guardian sets every output to its safe level. */
const longestSilence = 2_000;

/** Milliseconds between two heartbeats. */
const heartbeat = 500;

/** A silence this close to the longest counts as a stall: the guardian may have acted. */
const stallMargin = 250;

/** Milliseconds until a guardian that died is replaced. */
const pauseBeforeNext = 1_000;

/** An output to be watched; one without a handle has no pin that could stay on. */
export interface WatchedOutput {
  readonly offset: number;
  readonly handle?: LineHandle | undefined;
  /** The level at the pin that is off. */
  readonly safe: Level;
}

/** What a {@link Guardian} needs. */
export interface GuardianOptions {
  readonly pinsFile: PinsFile;
  readonly log: Logger;
  /**
   * Called when this process stood still for so long that the guardian may have switched the
   * outputs off: the bot then takes every output as off.
   * @param gap milliseconds
   */
  readonly onStall?: (gap: number) => void;
  /** Monotonic milliseconds. @default performance.now */
  readonly now?: () => number;
}

/**
 * Keeps a process beside the bot that switches its outputs off when the bot is killed or stands
 * still. Each change of the outputs starts a new one before the old one leaves.
 */
export class Guardian {
  #process: GuardianProcess | undefined;
  #wanted: readonly WatchedOutput[] = [];
  #replacing: Promise<void> = Promise.resolve();
  #busy = false;
  #heart: NodeJS.Timeout | undefined;
  #lastBeat = 0;
  #warned = false;

  readonly #now: () => number;

  constructor(private readonly options: GuardianOptions) {
    this.#now = options.now ?? (() => performance.now());
  }

  /** The guardian's process, where there is one. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /**
   * Makes these outputs, and no others, the ones that are watched. Resolves when they are, and when
   * the guardian before has let go of the lines that are not among them. A guardian that cannot be
   * started is logged, once.
   */
  watch(outputs: readonly WatchedOutput[]): Promise<void> {
    this.#wanted = outputs;
    if (!this.#busy) {
      this.#busy = true;
      this.#replacing = this.#replaceUntilAsWanted();
    }
    return this.#replacing;
  }

  /** Resolves when no change of the outputs is under way. */
  settled(): Promise<void> {
    return this.#replacing;
  }

  /** Tells the guardian that the bot lives; happens by itself twice a second. */
  beat(): void {
    const now = this.#now();
    const gap = now - this.#lastBeat;
    this.#lastBeat = now;
    this.#process?.beat();
    if (gap < longestSilence - stallMargin) return;
    const seconds = (gap / 1_000).toFixed(1);
    this.options.log.warn(`The bot stood still for ${seconds} s; its outputs are switched off.`);
    this.options.onStall?.(gap);
  }

  /** Lets the guardian go: the bot has made its outputs safe, and given them back. */
  goodbye(): Promise<void> {
    return this.watch([]);
  }

  async #replaceUntilAsWanted(): Promise<void> {
    for (let done: readonly WatchedOutput[] | undefined; done !== this.#wanted; ) {
      done = this.#wanted;
      await this.#replace(done);
    }
    this.#busy = false;
  }

  async #replace(outputs: readonly WatchedOutput[]): Promise<void> {
    const previous = this.#process;
    // Nothing may be awaited before this: the file descriptors are known to be open only now.
    const next = await this.#start(outputs.flatMap(toGuardedLine));
    this.#process = next;
    this.#record(outputs, next?.pid);
    this.#setHeart(next !== undefined);
    await previous?.goodbye();
  }

  async #start(lines: readonly GuardedLine[]): Promise<GuardianProcess | undefined> {
    if (lines.length === 0) return undefined;
    try {
      const next = await GuardianProcess.start(lines, longestSilence);
      void next.ended.then(() => this.#replaceLost(next));
      return next;
    } catch (error) {
      if (!this.#warned) {
        this.options.log.warn(`${messageOf(error)} A crash may leave outputs on.`, { error });
      }
      this.#warned = true;
      return undefined;
    }
  }

  #replaceLost(lost: GuardianProcess): void {
    if (lost !== this.#process) return;
    this.#process = undefined;
    this.options.log.warn('The guardian of the outputs died; another one is started.');
    setTimeout(() => {
      if (!this.#process) void this.watch([...this.#wanted]);
    }, pauseBeforeNext).unref();
  }

  #record(outputs: readonly WatchedOutput[], guardian: number | undefined): void {
    const pins = outputs.flatMap(toRecordedPin);
    try {
      if (pins.length === 0) this.options.pinsFile.remove();
      else this.options.pinsFile.write({ guardian, pins });
    } catch (error) {
      this.options.log.warn(`The list of outputs could not be kept: ${messageOf(error)}`);
    }
  }

  #setHeart(beating: boolean): void {
    if (beating === (this.#heart !== undefined)) return;
    clearInterval(this.#heart);
    this.#heart = undefined;
    if (!beating) return;
    this.#lastBeat = this.#now();
    this.#heart = setInterval(() => this.beat(), heartbeat).unref();
  }
}

function toGuardedLine({ handle, safe }: WatchedOutput): GuardedLine[] {
  return handle ? [{ handle, safe }] : [];
}

function toRecordedPin({ offset, handle, safe }: WatchedOutput): RecordedPin[] {
  if (!handle) return [];
  if (handle.kind === 'chardev') return [{ driver: 'chardev', chip: handle.chip, offset, safe }];
  const driver = handle.kind === 'sysfs' ? 'onoff' : handle.kind;
  return [{ driver, valueFile: handle.valueFile, offset, safe }];
}
