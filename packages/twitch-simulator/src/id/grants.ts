import type { Account } from '../people.js';
import type { Client } from './clients.js';
import { opaque, opaqueRefresh } from './token-text.js';

/** An access token and what the simulated Twitch knows of it. */
export interface AccessRecord {
  readonly token: string;
  readonly grant: Grant;
  /** Milliseconds on the simulator's clock; undefined never comes. */
  expiresAt: number | undefined;
  dead: boolean;
}

/** What one person (nobody, for an app token) allowed one application. */
export interface Grant {
  readonly client: Client;
  readonly account: Account | undefined;
  readonly scopes: readonly string[];
  readonly lifetime: number | undefined;
  /** The one refresh token that works now; none for an app token. */
  refreshToken: string | undefined;
  refreshedAt: number;
  dead: boolean;
  readonly tokens: AccessRecord[];
}

/** What a new grant is made from. */
export interface GrantOptions {
  readonly client: Client;
  readonly account: Account | undefined;
  readonly scopes: readonly string[];
  /** Seconds an access token lives; undefined for ever. */
  readonly lifetime: number | undefined;
}

/** At most this many access tokens of one grant live at once; the oldest gives way. */
const liveTokensPerGrant = 50;

/** All grants with their access and refresh tokens. */
export class Grants {
  private readonly byAccess = new Map<string, AccessRecord>();
  private readonly byRefresh = new Map<string, Grant>();
  private readonly listeners = new Set<(grant: Grant) => void>();

  constructor(private readonly now: () => number) {}

  /** Opens a grant with its first access token; a grant without an account has no refresh token. */
  open(options: GrantOptions): AccessRecord {
    const grant: Grant = {
      ...options,
      scopes: [...new Set(options.scopes)].sort(),
      refreshToken: undefined,
      refreshedAt: this.now(),
      dead: false,
      tokens: [],
    };
    if (grant.account !== undefined) this.giveRefreshToken(grant);
    return this.giveAccessToken(grant);
  }

  /** A new access token for a refresh token of that client, or nothing if it is dead or foreign. */
  refresh(refreshToken: string, client: Client): AccessRecord | undefined {
    const grant = this.liveGrant(refreshToken);
    if (grant === undefined || grant.client.id !== client.id) return undefined;
    if (client.rotates) this.giveRefreshToken(grant);
    return this.giveAccessToken(grant);
  }

  /** The record of an access token that still works. */
  live(accessToken: string): AccessRecord | undefined {
    const record = this.byAccess.get(accessToken);
    if (record === undefined || record.dead || record.grant.dead) return undefined;
    const expired = record.expiresAt !== undefined && record.expiresAt <= this.now();
    return expired ? undefined : record;
  }

  /** The record of an access token, whether it works or not. */
  known(accessToken: string): AccessRecord | undefined {
    return this.byAccess.get(accessToken);
  }

  /** The grant that a refresh token belongs or once belonged to. */
  grantOf(refreshToken: string): Grant | undefined {
    return this.byRefresh.get(refreshToken);
  }

  /** The grant that a refresh token still works for. */
  liveGrant(refreshToken: string): Grant | undefined {
    const grant = this.byRefresh.get(refreshToken);
    if (grant === undefined || grant.dead || grant.refreshToken !== refreshToken) return undefined;
    const lifetime = grant.client.refreshLifetime;
    const aged = lifetime !== undefined && this.now() >= grant.refreshedAt + lifetime * 1000;
    return aged ? undefined : grant;
  }

  /** Whether that person allows that application anything now. */
  authorizes(accountId: string, clientId: string): boolean {
    for (const grant of this.byRefresh.values()) {
      if (!grant.dead && grant.client.id === clientId && grant.account?.id === accountId)
        return true;
    }
    return false;
  }

  /** The person disconnects the application. */
  kill(grant: Grant): void {
    grant.dead = true;
    for (const hear of this.listeners) hear(grant);
  }

  /** Every grant of that application is dead. */
  killAllOf(clientId: string): void {
    for (const grant of new Set(this.byRefresh.values())) {
      if (grant.client.id === clientId) this.kill(grant);
    }
  }

  /** Calls `hear` with every grant that somebody takes back. */
  onKill(hear: (grant: Grant) => void): void {
    this.listeners.add(hear);
  }

  private giveRefreshToken(grant: Grant): void {
    grant.refreshToken = opaqueRefresh();
    grant.refreshedAt = this.now();
    this.byRefresh.set(grant.refreshToken, grant);
  }

  private giveAccessToken(grant: Grant): AccessRecord {
    const expiresAt = grant.lifetime === undefined ? undefined : this.now() + grant.lifetime * 1000;
    const record: AccessRecord = { token: opaque(), grant, expiresAt, dead: false };
    grant.tokens.push(record);
    const oldest = grant.tokens.length > liveTokensPerGrant ? grant.tokens.shift() : undefined;
    if (oldest !== undefined) this.byAccess.delete(oldest.token);
    this.byAccess.set(record.token, record);
    return record;
  }
}
