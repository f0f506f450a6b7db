import type { AccessToken, AccessTokens, Account } from '@pertybot/core';
import type { AccessTokenRequest } from '@pertybot/core/host';

/** Tokens as the OAuth plugin would hand them out, steered by the test: by `bot`, or by channel. */
export class FakeTokens implements AccessTokens {
  /** What was refused, oldest first. */
  readonly invalidated: string[] = [];
  /** What was asked for, oldest first. */
  readonly asked: AccessTokenRequest[] = [];
  private readonly current = new Map<string, AccessToken>();
  private readonly listeners = new Map<(token: AccessToken | undefined) => void, string>();
  private readonly waiters = new Set<() => void>();
  /** What follows a token that was refused; none is a dead grant. */
  readonly next = new Map<string, AccessToken>();

  async get(request: AccessTokenRequest = {}): Promise<AccessToken> {
    this.asked.push(request);
    const { scopes = [], signal } = request;
    for (;;) {
      signal?.throwIfAborted();
      const token = this.current.get(keyOf(request));
      if (token && scopes.every((scope) => token.scopes.includes(scope))) return token;
      await new Promise<void>((resolve) => {
        this.waiters.add(resolve);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  async invalidate(token: string): Promise<void> {
    this.invalidated.push(token);
    for (const [key, current] of this.current) {
      if (current.token !== token) continue;
      const next = this.next.get(token);
      if (next) this.set(key, next);
      else this.clear(key);
    }
  }

  onChange(
    listener: (token: AccessToken | undefined) => void,
    account: Account = { account: 'bot' },
  ): () => void {
    const own = (token: AccessToken | undefined) => listener(token);
    this.listeners.set(own, keyOf(account));
    return () => void this.listeners.delete(own);
  }

  /** A login or a refresh. @param key `bot`, or a channel */
  set(key: string, token: AccessToken): void {
    this.current.set(key, token);
    this.tell(key, token);
    for (const wake of [...this.waiters]) wake();
    this.waiters.clear();
  }

  /** A grant dies. */
  clear(key: string): void {
    this.current.delete(key);
    this.tell(key, undefined);
  }

  private tell(key: string, token: AccessToken | undefined): void {
    for (const [listener, of] of this.listeners) if (of === key) listener(token);
  }
}

/** A token of an account, with whatever scopes. */
export function makeToken(
  login: string,
  token = `token-of-${login}`,
  scopes: readonly string[] = [],
): AccessToken {
  return { token, clientId: 'the-client', userId: `id-of-${login}`, login, scopes };
}

function keyOf(account: AccessTokenRequest): string {
  return account.account === 'broadcaster' ? account.channel : 'bot';
}
