import { type AccessToken, type Account, type Logger, messageOf, type Undo } from '@pertybot/core';
import type { AccessTokenRequest } from '@pertybot/core/host';
import type { AccountScopes } from '../token/account-scopes.js';
import { OAuthError } from '../twitch/oauth-error.js';

type Listener = (token: AccessToken | undefined) => void;

/** Hands out the token of one account that a keeper publishes, and makes everybody wait while there is none. */
export class AccountTokens {
  private current: AccessToken | undefined;
  /** What listeners were told last; a refused token is withdrawn without a word until its fate is known. */
  private announced: string | undefined;
  private readonly listeners = new Set<Listener>();
  private readonly waiters = new Set<() => void>();
  private onRefused: (token: string) => void = () => {};

  constructor(
    readonly account: Account,
    private readonly scopes: AccountScopes,
    private readonly log: Logger,
  ) {}

  /** A token with the scopes that the request names; waits for one. */
  async get(request: Pick<AccessTokenRequest, 'scopes' | 'signal'> = {}): Promise<AccessToken> {
    const wanted = (request.scopes ?? []).map((scope) => scope.toLowerCase());
    for (;;) {
      request.signal?.throwIfAborted();
      this.requireDeclared(wanted);
      const token = this.current;
      if (token !== undefined && wanted.every((scope) => token.scopes.includes(scope)))
        return token;
      await this.change(request.signal);
    }
  }

  /** Says that Twitch refused `token`, if it is the one that is handed out. */
  invalidate(token: string): void {
    if (this.withdraw(token)) this.onRefused(token);
  }

  /** Calls `listener` with each new token, and with undefined when the grant is dead. */
  onChange(listener: Listener): Undo {
    // A wrapper of its own, so that a listener given twice is undone once.
    const entry = (token: AccessToken | undefined) => listener(token);
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  /** The token that is handed out now. */
  get published(): AccessToken | undefined {
    return this.current;
  }

  /** Hands out `token` from now on, or nothing while it is undefined. */
  publish(token: AccessToken | undefined): void {
    this.current = token;
    if (this.announced !== token?.token) {
      this.announced = token?.token;
      for (const listener of [...this.listeners]) this.tell(listener, token);
    }
    for (const wake of [...this.waiters]) wake();
  }

  /** Hands out `token` no longer, and says nothing yet. @returns whether it was handed out */
  withdraw(token: string): boolean {
    if (this.current?.token !== token) return false;
    this.current = undefined;
    return true;
  }

  /** Calls `onRefused` with each token that somebody says Twitch refused; there is one such listener. */
  whenRefused(onRefused: (token: string) => void): void {
    this.onRefused = onRefused;
  }

  private tell(listener: Listener, token: AccessToken | undefined) {
    try {
      listener(token);
    } catch (error) {
      this.log.error('A listener for new tokens failed.', { reason: messageOf(error) });
    }
  }

  private requireDeclared(wanted: readonly string[]): void {
    const declared = new Set(this.scopes.of(this.account).map(({ scope }) => scope.toLowerCase()));
    const undeclared = wanted.find(
      (scope) => !declared.has(scope) && !this.current?.scopes.includes(scope),
    );
    if (undeclared === undefined) return;
    const isBot = this.account.account === 'bot';
    const whose = isBot ? '' : ' of the broadcaster';
    const words = isBot ? `"${undeclared}"` : `{ scope: '${undeclared}', account: 'broadcaster' }`;
    throw new OAuthError(
      'OAUTH_SCOPE_UNDECLARED',
      `No plugin declares the scope "${undeclared}"${whose}.`,
      { hint: `Add ${words} to the "scopes" of the plugin that asks for it.` },
    );
  }

  private change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.waiters.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.waiters.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
