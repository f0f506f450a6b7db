import { type Clock, type Logger, messageOf, type Undo } from '@pertybot/core';
import type { BootClock } from '../../boot-clock.js';
import type { Limits } from '../limits/limits.js';
import type { HistoryFile, SavedHistories } from './history-file.js';
import { PinHistory } from './pin-history.js';

/** Shortest time between two writes of the file, in milliseconds. */
const pause = 250;

/** Where histories are kept for the bot that comes after this one. */
export interface HistoryKeeper {
  readonly file: HistoryFile;
  readonly bootClock: BootClock;
  readonly log: Logger;
  /** Whether the machine's clock was set from the network. */
  isSynchronised(): boolean;
}

/**
 * When each pin was on. They outlive outputs and the gpio plugin, and, where there is a keeper, the
 * bot: a limit does not begin anew because something was started again.
 */
export class PinHistories {
  private readonly histories = new Map<string, PinHistory>();
  /** Pins that have a limit which looks back further than a restart takes. */
  private readonly kept = new Set<string>();
  private isUnknown = false;
  /** What is not written yet: `now` when it must not wait. */
  private due: 'now' | 'soon' | undefined;
  private isWriting = false;
  private isFailing = false;
  /** Counts the writes, so that a slow one does not leave its older content behind. */
  private writes = 0;
  /** Ends the pause between two writes. */
  private pause: Undo | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly keeper?: HistoryKeeper,
  ) {}

  /** The history of a pin, which from now on looks back as far as its limits ask. */
  of(pin: string, { dutyCycles = [], maxTogglesPerSecond = Infinity, ...limits }: Limits) {
    const history = this.histories.get(pin) ?? this.begin();
    history.memory = Math.max(history.memory, ...dutyCycles.map((cycle) => cycle.in));
    if (maxTogglesPerSecond !== Infinity) {
      history.toggles = Math.max(history.toggles, Math.floor(maxTogglesPerSecond));
    }
    this.histories.set(pin, history);
    const looksBack = dutyCycles.length > 0 || maxTogglesPerSecond < 1;
    if (looksBack || limits.minOff !== undefined || limits.perRun !== undefined) {
      this.kept.add(pin);
    }
    return history;
  }

  /**
   * Takes over what a bot before this one has left.
   * @param elapsed milliseconds since it was written, rather too few than too many
   */
  restore(saved: SavedHistories, elapsed: number): void {
    const now = this.clock.now();
    for (const [pin, each] of Object.entries(saved.pins)) {
      this.histories.set(pin, PinHistory.restore(each, { written: now - elapsed, now }));
      this.kept.add(pin);
    }
  }

  /** Takes every pin for used up: nobody knows what a bot before this one has done. */
  presumeUsedUp(): void {
    this.isUnknown = true;
  }

  /**
   * Says that a pin was switched. It is written in the background: on at once, off a little later, as
   * what is not known to be off counts as on.
   */
  changed(pin: string, on: boolean): void {
    if (!this.keeper || !this.kept.has(pin)) return;
    if (on || this.due === undefined) this.due = on ? 'now' : 'soon';
    if (this.isWriting || (this.pause && this.due === 'soon')) return;
    void this.write(this.keeper);
  }

  /** Writes what is not written yet, before it returns. Never throws. */
  flush(): void {
    if (this.keeper && (this.due || this.isWriting)) this.writeNow(this.keeper);
  }

  /** Forgets how often each pin was switched on, and nothing else. Never throws. */
  endRun(): void {
    for (const history of this.histories.values()) history.endRun();
    if (this.keeper && this.kept.size > 0) this.writeNow(this.keeper);
  }

  private begin(): PinHistory {
    return this.isUnknown ? PinHistory.usedUp(this.clock.now()) : new PinHistory();
  }

  private async write(keeper: HistoryKeeper): Promise<void> {
    this.stopPause();
    this.due = undefined;
    this.isWriting = true;
    const mine = ++this.writes;
    try {
      await keeper.file.write(this.save(keeper));
      this.isFailing = false;
    } catch (error) {
      this.fail(keeper, error);
    }
    this.isWriting = false;
    if (this.writes !== mine) this.writeNow(keeper);
    else if (this.due === 'now') void this.write(keeper);
    else this.rest(keeper);
  }

  private writeNow(keeper: HistoryKeeper): void {
    this.stopPause();
    this.due = undefined;
    this.writes++;
    try {
      keeper.file.writeNow(this.save(keeper));
    } catch (error) {
      this.fail(keeper, error);
    }
  }

  private rest(keeper: HistoryKeeper): void {
    this.pause = this.clock.after(pause, () => {
      this.pause = undefined;
      if (this.due) void this.write(keeper);
    });
  }

  private stopPause(): void {
    this.pause?.();
    this.pause = undefined;
  }

  /** Said once; the next change tries again. */
  private fail({ log }: HistoryKeeper, error: unknown): void {
    this.due ??= 'soon';
    if (this.isFailing) return;
    this.isFailing = true;
    log.error(`What pins have used of their limits will not outlive the bot: ${messageOf(error)}`);
  }

  private save({ bootClock, isSynchronised }: HistoryKeeper): SavedHistories {
    const now = this.clock.now();
    const pins = [...this.histories].filter(([pin]) => this.kept.has(pin));
    return {
      boot: bootClock.boot,
      uptime: bootClock.now(),
      ...(isSynchronised() ? { wall: this.clock.date().getTime() } : {}),
      pins: Object.fromEntries(pins.map(([pin, history]) => [pin, history.save(now)])),
    };
  }
}
