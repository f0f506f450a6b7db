import {
  type AccessToken,
  type AccessTokenRequest,
  type AccessTokens,
  type Consumer,
  forPlugin,
  inject,
  injectable,
  Logger,
  messageOf,
  type PerPlugin,
  RequestedScopes,
  type Undo,
} from '@pertybot/core';
import { OAuthError } from '../twitch/oauth-error.js';

/** Hands out the token that a keeper publishes, and makes everybody wait while there is none. */
@injectable()
export class ManagedAccessTokens implements AccessTokens, PerPlugin<AccessTokens> {
  private current: AccessToken | undefined;
  /** What listeners were told last; a refused token is withdrawn without a word until its fate is known. */
  private announced: string | undefined;
  private readonly listeners = new Set<(token: AccessToken | undefined) => void>();
  private readonly waiters = new Set<() => void>();
  private onRefused: (token: string) => void = () => {};

  constructor(
    @inject(RequestedScopes) private readonly requested: RequestedScopes,
    @inject(Logger) private readonly log: Logger,
  ) {}

  [forPlugin](consumer: Consumer): AccessTokens {
    return {
      get: (request) => this.get(withSignal(request, consumer.signal)),
      invalidate: (token) => this.invalidate(token),
      onChange: (listener) => {
        const undo = this.onChange(listener);
        consumer.onStop(undo);
        return undo;
      },
    };
  }

  async get(request: AccessTokenRequest = {}): Promise<AccessToken> {
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

  async invalidate(token: string): Promise<void> {
    if (this.withdraw(token)) this.onRefused(token);
  }

  onChange(listener: (token: AccessToken | undefined) => void): Undo {
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

  private tell(listener: (token: AccessToken | undefined) => void, token: AccessToken | undefined) {
    try {
      listener(token);
    } catch (error) {
      this.log.error('A listener for new tokens failed.', { reason: messageOf(error) });
    }
  }

  private requireDeclared(wanted: readonly string[]): void {
    const declared = new Set(this.requested.list.map(({ scope }) => scope.toLowerCase()));
    const undeclared = wanted.find(
      (scope) => !declared.has(scope) && !this.current?.scopes.includes(scope),
    );
    if (undeclared === undefined) return;
    throw new OAuthError(
      'OAUTH_SCOPE_UNDECLARED',
      `No plugin declares the scope "${undeclared}".`,
      {
        hint: `Add "${undeclared}" to the "scopes" of the plugin that asks for it.`,
      },
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

function withSignal(
  request: AccessTokenRequest | undefined,
  signal: AbortSignal,
): AccessTokenRequest {
  const own = request?.signal;
  return { ...request, signal: own === undefined ? signal : AbortSignal.any([own, signal]) };
}
