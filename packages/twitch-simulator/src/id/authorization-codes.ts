import type { Account } from '../people.js';
import type { Client } from './clients.js';
import { opaque } from './token-text.js';

/** What a person approved, until the application fetches its tokens. */
export interface Approval {
  readonly client: Client;
  readonly account: Account;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
}

const lifetime = 10 * 60 * 1000;

/** The authorization codes: each works once and for ten minutes. */
export class AuthorizationCodes {
  private readonly codes = new Map<string, { approval: Approval; diesAt: number }>();

  constructor(private readonly now: () => number) {}

  /** A new code that stands for `approval`. */
  issue(approval: Approval): string {
    const code = opaque();
    this.codes.set(code, { approval, diesAt: this.now() + lifetime });
    return code;
  }

  /** What the code stands for; from then on it stands for nothing. */
  redeem(code: string, client: Client): Approval | undefined {
    const entry = this.codes.get(code);
    if (entry === undefined || entry.approval.client.id !== client.id) return undefined;
    this.codes.delete(code);
    return entry.diesAt > this.now() ? entry.approval : undefined;
  }
}
