import {
  type AccessToken,
  AccessTokens,
  Clock,
  inject,
  injectable,
  sleep,
  type Undo,
} from '@pertybot/core';
import { IrcConfig } from './irc-config.js';
import { joinSpan, rateLimits } from './rate-limits.js';
import { RateWindow } from './rate-window.js';

/** Scopes that chat asks for: to read and to write. */
export const chatScopes = ['chat:read', 'chat:edit'] as const;

/** How long a token may take before the plugin counts as waiting, milliseconds. */
const patience = 1_000;

/** Tells that the plugin waits for a login; what it returns tells that it no longer does. */
export type Waiting = (reason: string) => Undo;

/**
 * Fetches the token for each login to chat. After a refusal it asks for another token once; after a
 * second one it waits until somebody logs in.
 */
@injectable()
export class ChatLogin {
  private readonly window: RateWindow;
  private readonly limit: number;
  private newest: AccessToken | undefined;
  private used: AccessToken | undefined;
  private refusals = 0;
  private waiting: Waiting = () => () => {};
  private unwatchTokens: Undo = () => {};
  private onNewest: () => void = () => {};

  constructor(
    @inject(IrcConfig) config: IrcConfig,
    @inject(AccessTokens) private readonly tokens: AccessTokens,
    @inject(Clock) private readonly clock: Clock,
  ) {
    this.limit = rateLimits[config.limits].logins;
    this.window = new RateWindow(clock, joinSpan);
  }

  /** Sets how waiting for a login is told. */
  tellWaiting(waiting: Waiting): void {
    this.waiting = waiting;
  }

  /** @param leave is called when the token of the present connection must no longer be used */
  watch(leave: (reason: string) => void): void {
    this.unwatchTokens = this.tokens.onChange((token) => {
      this.newest = token;
      this.onNewest();
      if (token === undefined) leave('the login of the bot is no longer valid');
      else if (this.used && token.userId !== this.used.userId) leave('the bot has another account');
    });
  }

  unwatch(): void {
    this.unwatchTokens();
  }

  /**
   * A token for the next login, as soon as there is one and Twitch's limit allows a login.
   * @throws the signal's reason when it fires
   */
  async token(signal: AbortSignal): Promise<AccessToken> {
    const token = await this.obtain(signal);
    const wait = this.window.waitFor(this.limit);
    if (wait > 0) await sleep(this.clock, wait, signal);
    this.window.add();
    this.used = token;
    return token;
  }

  /** Says that Twitch took the login, and has stood by it for a while. */
  accepted(): void {
    this.refusals = 0;
  }

  /** Says that Twitch refused `token`. */
  async rejected(token: AccessToken): Promise<void> {
    this.refusals++;
    // A second refreshed token would fare no better: the loop must end here.
    if (this.refusals === 1) await this.tokens.invalidate(token.token);
  }

  private async obtain(signal: AbortSignal): Promise<AccessToken> {
    let toldWaiting: Undo | undefined;
    const tell = () => {
      toldWaiting ??= this.waiting('login');
    };
    const cancel = this.clock.after(patience, tell);
    try {
      if (this.refusals >= 2) {
        tell();
        await this.anotherToken(signal);
      }
      return await this.tokens.get({ scopes: chatScopes, signal });
    } finally {
      cancel();
      toldWaiting?.();
    }
  }

  /** Resolves when the provider has announced a token other than the refused one. */
  private anotherToken(signal: AbortSignal): Promise<void> {
    const refused = this.used?.token;
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      const look = () => {
        if (this.newest === undefined || this.newest.token === refused) return;
        this.refusals = 0;
        this.onNewest = () => {};
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      this.onNewest = look;
      signal.addEventListener('abort', onAbort, { once: true });
      look();
    });
  }
}
