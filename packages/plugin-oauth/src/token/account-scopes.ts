import { type Account, inject, injectable, RequestedScopes, type Undo } from '@pertybot/core';
import type { RequestedScope } from '@pertybot/core/host';
import { OAuthConfig } from '../twitch/oauth-config.js';
import type { LoginAccount } from './account.js';
import type { Grant } from './token-store.js';

/** What the plugins want, account by account: of a bot that is a broadcaster itself, what both are wanted for. */
@injectable()
export class AccountScopes {
  private readonly listeners = new Set<() => void>();
  /** Whether the bot's account is a broadcaster's as well, where that was found out. */
  private found: boolean | undefined;
  /** Login of the bot's account, as its last grant has it. */
  private login: string | undefined;

  constructor(
    @inject(RequestedScopes) private readonly requested: RequestedScopes,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
  ) {}

  /** Whether the bot's account is a broadcaster's as well. */
  get isShared(): boolean {
    return this.isBoth() === true;
  }

  /**
   * Whether nobody knows yet if the bot's account is a broadcaster's as well: its login then asks for both at once,
   * rather than twice.
   */
  get isOpen(): boolean {
    return this.channels.length > 0 && this.isBoth() === undefined;
  }

  /**
   * What is wanted of `account`, with who wants it.
   * @param login of that account, where it is known
   */
  of({ account }: LoginAccount, login?: string): readonly RequestedScope[] {
    const { list } = this.requested;
    const isBoth = this.isBoth(login) ?? this.channels.length > 0;
    if (account === 'bot' && isBoth) return joined(list);
    return list.filter((each) => each.account === account);
  }

  /** From now on the bot's account is a broadcaster's as well: one login serves both. */
  share(): void {
    if (this.found === true) return;
    this.found = true;
    for (const listener of [...this.listeners]) listener();
  }

  /**
   * What earlier logins tell: whose the bot's is; that a broadcaster has one of his own; or that the bot's has a
   * scope which is wanted of a broadcaster alone, and was given for both.
   */
  learn(grant: Grant | undefined, broadcasters: readonly Account[]): void {
    this.login = grant?.login;
    if (this.isBoth() !== undefined) return;
    const ofBot = this.requested.list.filter(({ account }) => account === 'bot');
    const hasBoth = this.of({ account: 'broadcaster' }).some(
      ({ scope }) =>
        grant?.scopes.includes(scope.toLowerCase()) && !ofBot.some((each) => each.scope === scope),
    );
    if (hasBoth) this.share();
    else if (broadcasters.length > 0) this.found = false;
  }

  private get channels(): readonly string[] {
    return [...this.config.broadcasters, ...this.requested.channels];
  }

  /** @returns undefined where that is not known */
  private isBoth(login = this.config.account ?? this.login): boolean | undefined {
    const { channels, found } = this;
    if (found === true || login === undefined || channels.length === 0) return found;
    return channels.includes(login);
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
