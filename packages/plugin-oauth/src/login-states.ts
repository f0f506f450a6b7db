import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@pertybot/core';

/** Milliseconds in which a login must be finished. */
const lifetime = 30 * 60_000;

/** Logins that may be open at once: tabs of the login page, mostly. */
const mostOpen = 32;

/**
 * The `state` values of logins that are under way. Twitch knows no PKCE, so a random state that works once
 * is what keeps a stranger's authorization code out.
 */
export class LoginStates {
  private readonly open: { readonly state: Buffer; readonly expires: number }[] = [];

  constructor(private readonly clock: Clock) {}

  /** A new state, 256 random bits. */
  issue(): string {
    const state = randomBytes(32).toString('base64url');
    this.open.push({ state: Buffer.from(state), expires: this.clock.now() + lifetime });
    if (this.open.length > mostOpen) this.open.shift();
    return state;
  }

  /** Whether `state` was issued lately and not used yet; from now on it is used. */
  take(state: string): boolean {
    const given = Buffer.from(state);
    const now = this.clock.now();
    let found = -1;
    // All are compared, each in constant time: how long it takes tells nothing about any of them.
    this.open.forEach((entry, index) => {
      const equal = entry.state.length === given.length && timingSafeEqual(entry.state, given);
      if (equal && entry.expires > now) found = index;
    });
    if (found === -1) return false;
    this.open.splice(found, 1);
    return true;
  }
}
