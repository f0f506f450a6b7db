import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@pertybot/core';

/** Milliseconds in which a login must be finished. */
const lifetime = 30 * 60_000;

/** Used states that are remembered: so many logins are not finished in half an hour. */
const mostUsed = 1_000;

const nonceLength = 16;
const expiryLength = 6;
const sealLength = 32;

/** What a state is worth: it may be used now, it was used before, or it is none of ours. */
export type StateVerdict = 'new' | 'used' | 'unknown';

/**
 * The `state` values of logins that are under way. Twitch knows no PKCE, so a random state that works once
 * is what keeps a stranger's authorization code out. Each bears a seal of its own, so that nothing is kept of
 * those that are issued: however often the login page is loaded, the link of an open tab stays good.
 */
export class LoginStates {
  private readonly key = randomBytes(32);
  private readonly used = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** A new state: random bits, when it expires, and a seal. */
  issue(): string {
    const content = Buffer.concat([randomBytes(nonceLength), Buffer.alloc(expiryLength)]);
    content.writeUIntBE(Math.ceil(this.clock.now() + lifetime), nonceLength, expiryLength);
    return Buffer.concat([content, this.seal(content)]).toString('base64url');
  }

  /** What `state` is worth; from now on a new one is used. */
  take(state: string): StateVerdict {
    const given = Buffer.from(state, 'base64url');
    const isWhole = given.length === nonceLength + expiryLength + sealLength;
    // A decoder overlooks what does not belong there.
    if (!isWhole || given.toString('base64url') !== state) return 'unknown';
    const content = given.subarray(0, -sealLength);
    if (!timingSafeEqual(given.subarray(-sealLength), this.seal(content))) return 'unknown';
    if (content.readUIntBE(nonceLength, expiryLength) <= this.clock.now()) return 'unknown';
    const name = content.toString('base64url');
    if (this.used.has(name)) return 'used';
    this.used.add(name);
    // A set keeps the order in which things came.
    const [oldest] = this.used;
    if (this.used.size > mostUsed && oldest !== undefined) this.used.delete(oldest);
    return 'new';
  }

  private seal(content: Buffer): Buffer {
    return createHmac('sha256', this.key).update(content).digest();
  }
}
