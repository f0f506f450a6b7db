import { type Clock, type Logger, type Undo } from '@pertybot/core';
import { isTransient } from '../twitch/oauth-error.js';
import type { AccountTokens } from './account-tokens.js';
import { Endurance } from './endurance.js';

/** What a keeper of tokens is run with. */
export interface KeeperContext {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Resolves when a person may be asked to log in: all that plugins want is known then. @default at once */
  readonly complete?: Promise<void>;
  /** Says that the plugin waits: for `login`, `network` or `configuration`. */
  waiting(reason: string): Undo;
}

/** What a {@link KeeperLoop} turns on. */
export interface KeeperLoopOptions {
  /**
   * Looks at the token, and does what must be done.
   * @returns milliseconds until the next look, or undefined when there is nothing left to look at
   */
  step(): Promise<number | undefined>;
  readonly context: KeeperContext;
  /** Whether a fault that does not pass by itself ends it before there ever was a token. */
  readonly failsAtStart: boolean;
  /** Called with the first token. */
  onFirst(): void;
}

/** What every keeper of a token does: it looks, rests, looks again, and lives through what goes wrong. */
export class KeeperLoop {
  private readonly endurance: Endurance;
  private readonly rest: WakeableRest;

  constructor(
    private readonly tokens: AccountTokens,
    clock: Clock,
    log: Logger,
  ) {
    this.rest = new WakeableRest(clock);
    this.endurance = new Endurance(log);
  }

  /** Has it look at once. */
  wake(): void {
    this.rest.wake();
  }

  /**
   * Turns until the signal fires, or there is nothing left to look at.
   * @throws whatever a step throws that does not pass by itself, before there ever was a token
   */
  async run(options: KeeperLoopOptions): Promise<void> {
    const { signal } = options.context;
    let started = false;
    while (!signal.aborted) {
      const delay = await this.turn(options, started);
      if (delay === undefined) break;
      if (!started && this.tokens.published !== undefined) {
        started = true;
        options.onFirst();
      }
      await this.rest.until(delay, signal);
    }
    this.endurance.stopWaiting();
  }

  private async turn(
    { step, context, failsAtStart }: KeeperLoopOptions,
    started: boolean,
  ): Promise<number | undefined> {
    try {
      const delay = await step();
      // A login that was begun may still fail, again and again.
      if (delay !== undefined && Number.isFinite(delay)) this.endurance.over();
      this.endurance.stopWaiting();
      return delay;
    } catch (error) {
      if (context.signal.aborted) return 0;
      if (failsAtStart && !started && !isTransient(error)) throw error;
      return this.endure(error, context);
    }
  }

  /** Says what is wrong; the token, if there is one, stays in use. @returns milliseconds to wait */
  private endure(error: unknown, context: KeeperContext): number {
    const delay = this.endurance.meet(error);
    if (this.tokens.published !== undefined) return delay;
    // Such a fault leaves the bot without a token for good: chat must be left.
    if (!isTransient(error)) this.tokens.publish(undefined);
    this.endurance.wait(error, context);
    return delay;
  }
}

/** Longest rest that is asked of a clock, milliseconds: an hour. */
const longest = 3_600_000;

/** A rest that can be cut short, also before it begins. */
export class WakeableRest {
  private woken = false;
  private end: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  /** Ends the rest, or the next one when there is none now. */
  wake(): void {
    this.woken = true;
    this.end?.();
  }

  /** Rests for `delay` milliseconds, until woken, or until `signal` fires. It never throws. */
  async until(delay: number, signal: AbortSignal): Promise<void> {
    if (delay > 0 && !this.woken && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const cancel = this.clock.after(Math.min(delay, longest), resolve);
        this.end = () => {
          cancel();
          resolve();
        };
        signal.addEventListener('abort', this.end, { once: true });
      });
      if (this.end !== undefined) signal.removeEventListener('abort', this.end);
      this.end = undefined;
    }
    this.woken = false;
  }
}
