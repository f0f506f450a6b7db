import {
  type AccessToken,
  AccessTokens,
  Backoff,
  Clock,
  inject,
  injectable,
  sleep,
  type Undo,
} from '@pertybot/core';
import { IrcConfig } from './irc-config.js';
import { joinSpan, RateWindow, rateLimits } from './outgoing/rate-limits.js';

/** Scopes that chat asks for: to read and to write. */
export const chatScopes = ['chat:read', 'chat:edit'] as const;

/** How long a token may take before the plugin counts as waiting, milliseconds. */
const patience = 1_000;
/** How long after a refusal a new token is the provider's answer to it, and no login, milliseconds. */
const answerTime = 5_000;

/** Tells that the plugin waits for a login; what it returns tells that it no longer does. */
export type Waiting = (reason: string) => Undo;

/**
 * Fetches the token for each login to chat. After a refusal the provider is told, which has another token
 * or stands by this one; from the second refusal in a row on, the next login comes after a pause.
 */
@injectable()
export class ChatLogin {
  private readonly window: RateWindow;
  private readonly limit: number;
  private readonly backoff = new Backoff({ first: 2_000 });
  private used: AccessToken | undefined;
  private refusals = 0;
  private waiting: Waiting = () => () => {};
  private endRefused: Undo | undefined;
  private unwatchTokens: Undo = () => {};
  private onNewToken: () => void = () => {};

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
      if (token === undefined) leave('the login of the bot is no longer valid');
      else if (this.used && token.userId !== this.used.userId) leave('the bot has another account');
      if (token !== undefined) this.onNewToken();
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

  /** Says that Twitch took the login. */
  accepted(): void {
    this.endRefused?.();
    this.endRefused = undefined;
  }

  /** Says that Twitch has stood by the login for a while: earlier refusals are forgotten. */
  trusted(): void {
    this.refusals = 0;
    this.backoff.reset();
  }

  /**
   * Says that Twitch refused `token`.
   * @returns milliseconds to {@link rest} before the next login
   */
  async rejected(token: AccessToken): Promise<number> {
    this.refusals++;
    await this.tokens.invalidate(token.token);
    // A token that died is replaced without delay; what goes on is no matter of one token.
    if (this.refusals === 1) return 0;
    this.endRefused ??= this.waiting('login refused by chat');
    return this.backoff.next();
  }

  /** Rests after a refusal; a login that somebody makes meanwhile ends the rest. */
  async rest(delay: number, signal: AbortSignal): Promise<void> {
    const first = Math.min(delay, answerTime);
    await sleep(this.clock, first, signal);
    if (delay <= first) return;
    const newToken = new AbortController();
    this.onNewToken = () => newToken.abort();
    const either = AbortSignal.any([signal, newToken.signal]);
    await sleep(this.clock, delay - first, either).catch(() => {});
    this.onNewToken = () => {};
    signal.throwIfAborted();
  }

  private async obtain(signal: AbortSignal): Promise<AccessToken> {
    let toldWaiting: Undo | undefined;
    const cancel = this.clock.after(patience, () => {
      toldWaiting = this.waiting('login');
    });
    try {
      return await this.tokens.get({ scopes: chatScopes, signal });
    } finally {
      cancel();
      toldWaiting?.();
    }
  }
}
