import { inject, injectable, RequestedScopes, type Undo } from '@pertybot/core';
import type { RequestedScope } from '@pertybot/core/host';
import { OAuthConfig } from '../twitch/oauth-config.js';
import type { LoginAccount } from './account.js';
import type { Grant } from './token-store.js';

/** What the plugins want, account by account: of a bot that is a broadcaster itself, what both are wanted for. */
@injectable()
export class AccountScopes {
  private readonly listeners = new Set<() => void>();
  private shared: boolean;

  constructor(
    @inject(RequestedScopes) private readonly requested: RequestedScopes,
    @inject(OAuthConfig) config: OAuthConfig,
  ) {
    const { account, broadcasters } = config;
    this.shared = account !== undefined && broadcasters.includes(account);
  }

  /** Whether the bot's account is a broadcaster's as well. */
  get isShared(): boolean {
    return this.shared;
  }

  /** What is wanted of `account`, with who wants it. */
  of({ account }: LoginAccount): readonly RequestedScope[] {
    const { list } = this.requested;
    if (account === 'bot' && this.shared) return joined(list);
    return list.filter((each) => each.account === account);
  }

  /** From now on the bot's account is a broadcaster's as well: one login serves both. */
  share(): void {
    if (this.shared) return;
    this.shared = true;
    for (const listener of [...this.listeners]) listener();
  }

  /** A grant of the bot that has a scope which is wanted of a broadcaster alone was given for both. */
  learn(grant: Grant | undefined): void {
    const ofBot = this.requested.list.filter(({ account }) => account === 'bot');
    const isShared = this.of({ account: 'broadcaster' }).some(
      ({ scope }) =>
        grant?.scopes.includes(scope.toLowerCase()) && !ofBot.some((each) => each.scope === scope),
    );
    if (isShared) this.share();
  }

  /** Calls `listener` when something else may be wanted of an account. */
  onChange(listener: () => void): Undo {
    const entry = () => listener();
    this.listeners.add(entry);
    const undo = this.requested.onChange(entry);
    return () => {
      this.listeners.delete(entry);
      undo();
    };
  }
}

/** A scope that is wanted of both accounts is one scope of the one that is both. */
function joined(list: readonly RequestedScope[]): readonly RequestedScope[] {
  const scopes = [...new Set(list.map(({ scope }) => scope))];
  return scopes.map((scope) => {
    const wanted = list.filter((each) => each.scope === scope);
    const plugins = [...new Set(wanted.flatMap((each) => each.plugins))];
    return { scope, account: 'bot', plugins };
  });
}
