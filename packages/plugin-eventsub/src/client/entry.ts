import { Backoff, type Clock, sleep } from '@pertybot/core';
import { keyOf, type Problem, type WantedSubscription } from './wanted-subscription.js';

/** A wanted subscription, and how it stands. */
export class Entry {
  readonly key: string;
  /** Twitch's id, while it is on. */
  id: string | undefined;
  /** Twitch's user id of the broadcaster, once it was asked for. */
  broadcasterId: string | undefined;
  problem: Problem | undefined;
  isWanted = true;
  /** Whether trying again would not mend it before something changes. */
  isFinal = false;
  /** The token with which it was revoked: with another one it may work. */
  revokedWith: string | undefined;
  /** The problem that the log has told. */
  told: string | undefined;
  /** Whether somebody is at it. */
  isBusy = false;
  private readonly quick = new Backoff({ first: 500, longest: 60_000 });
  private readonly slow = new Backoff({ first: 5_000, longest: 300_000 });
  private waking = new AbortController();

  constructor(readonly wanted: WantedSubscription) {
    this.key = keyOf(wanted);
  }

  /** Whether it is known how it stands. */
  get isSettled(): boolean {
    return this.id !== undefined || this.problem !== undefined;
  }

  /** It is on. */
  succeed(id: string): void {
    this.id = id;
    this.problem = undefined;
    this.isFinal = false;
    this.quick.reset();
    this.slow.reset();
  }

  /** It is missing. */
  fail(problem: Problem, isFinal: boolean): void {
    this.id = undefined;
    this.problem = problem;
    this.isFinal = isFinal;
  }

  /** A session begins: what was refused for good in another one may work. @param token of the account */
  renew(token: string | undefined): void {
    this.id = undefined;
    if (this.revokedWith !== undefined && this.revokedWith === token) return;
    this.problem = undefined;
    this.isFinal = false;
    this.revokedWith = undefined;
  }

  /** Waits before the next try, unless something changes. */
  async rest(clock: Clock, again: 'soon' | 'later' | 'much later'): Promise<void> {
    this.waking = new AbortController();
    const delay =
      again === 'soon'
        ? this.quick.next()
        : again === 'later'
          ? this.quick.next(5_000)
          : this.slow.next();
    await sleep(clock, delay, this.waking.signal).catch(() => {});
  }

  /** Something has changed: it is tried at once. */
  wake(): void {
    this.waking.abort();
  }
}
