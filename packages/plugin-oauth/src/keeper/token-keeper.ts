import type { Account, Clock, Logger } from '@pertybot/core';
import type { Login } from '../login/login.js';
import type { AccountScopes } from '../token/account-scopes.js';
import type { TokenRefresher } from '../token/token-refresher.js';
import type { Grant, TokenStore } from '../token/token-store.js';
import type { TokenValidator, Validation, ValidToken } from '../token/token-validator.js';
import { OAuthError } from '../twitch/oauth-error.js';
import type { AccountTokens } from './account-tokens.js';
import { type KeeperContext, KeeperLoop } from './keeper-loop.js';
import { MissingScopes } from './missing-scopes.js';
import { type LoginEnd, LoginWait, PendingLogin } from './pending-login.js';
import { ValidationSchedule } from './validation-schedule.js';

/**
 * For how long after a refresh a token that chat refuses is not exchanged on chat's word alone, milliseconds.
 * Twitch keeps fifty access tokens of a login alive, each for four hours: this is less than half of them.
 */
const recent = 10 * 60_000;

/**
 * What the keeper knows of its token. A fault (no network, a store that cannot be read) changes nothing of it.
 *
 * ```
 * unknown ──▶ valid ◀──▶ refused ──▶ refreshed ──▶ valid
 *    │          ▲            │            │
 *    ▼          │            ▼            ▼
 * waiting ──────┘         waiting      doubted ──▶ refreshed
 * ```
 */
type KeeperState =
  /** Nobody has looked yet. */
  | { readonly state: 'unknown' }
  /** Twitch calls it valid, and it is handed out. */
  | { readonly state: 'valid'; readonly token: string }
  /** It was valid, and Twitch's chat refused it. */
  | { readonly state: 'refused'; readonly token: string }
  /** It was bought, and Twitch has not been asked about it yet. */
  | { readonly state: 'refreshed'; readonly token: string }
  /** Twitch refused the very token that it had just given. */
  | { readonly state: 'doubted'; readonly token: string }
  /** There is none, and only a login helps. */
  | { readonly state: 'waiting'; readonly wait: LoginWait };

/** What a {@link TokenKeeper} works with. */
export interface TokenKeeperOptions {
  readonly account: Account;
  /** Where the token is handed out. */
  readonly tokens: AccountTokens;
  readonly store: TokenStore;
  readonly validator: TokenValidator;
  readonly refresher: TokenRefresher;
  readonly login: Login;
  readonly scopes: AccountScopes;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Keeps the token of one account alive for as long as the bot runs: validates it at start and hourly, refreshes
 * it when it is invalid or about to end, asks for a login when nothing else helps, and notices what other
 * processes do.
 */
export class TokenKeeper {
  private state: KeeperState = { state: 'unknown' };
  private refreshedAt = Number.NEGATIVE_INFINITY;
  /** How the login ended that was asked for; the next step takes it up. */
  private loginEnd: LoginEnd | undefined;
  private readonly schedule = new ValidationSchedule();
  private readonly loop: KeeperLoop;
  private readonly pending: PendingLogin;
  private readonly scopes: MissingScopes;

  constructor(private readonly options: TokenKeeperOptions) {
    const { account, tokens, login, scopes, clock, log } = options;
    this.loop = new KeeperLoop(tokens, clock, log);
    this.pending = new PendingLogin(account, login, log);
    this.scopes = new MissingScopes(account, scopes, log);
  }

  /**
   * Keeps the token until the signal fires.
   * @param onFirst called with the first token
   * @throws OAuthError when the bot's configuration is wrong before there ever was a token
   */
  async run(context: KeeperContext, onFirst: () => void): Promise<void> {
    const { account, store, scopes, tokens } = this.options;
    const undos = [store.onChange(() => void this.look()), scopes.onChange(() => this.loop.wake())];
    tokens.whenRefused((token) => {
      if (this.state.state === 'valid') this.enter({ state: 'refused', token });
      this.loop.wake();
    });
    const step = () => this.step(context);
    // The bot chats without any broadcaster.
    const failsAtStart = account.account === 'bot';
    try {
      await this.loop.run({ step, context, failsAtStart, onFirst });
    } finally {
      for (const undo of undos) undo();
      this.enter({ state: 'unknown' });
      await this.pending.end();
    }
  }

  private enter(next: KeeperState): void {
    if (this.state.state === 'waiting') this.state.wait.end();
    this.state = next;
  }

  private async step(context: KeeperContext): Promise<number> {
    const { account, store } = this.options;
    const end = this.loginEnd;
    this.loginEnd = undefined;
    if (end?.status === 'failed') throw end.error;
    const afterLogin = end?.status === 'done';
    if (afterLogin && end.token !== undefined) return this.accept(end.token, context, afterLogin);
    const grant = await store.read(account);
    if (grant === undefined) return this.needLogin('There is no login yet.', context);
    const verdict = await this.judge(grant, context.signal);
    if (verdict.status === 'invalid') return this.replace(grant, context);
    if (verdict.status === 'foreign') return this.needLogin(verdict.reason, context);
    const plan = this.schedule.plan(grant.accessToken, verdict.expiresIn);
    if (plan.refresh && grant.refreshToken !== undefined) return this.refresh(grant, context);
    return this.accept(verdict, context, afterLogin);
  }

  /** Asks Twitch, unless chat has refused the token: chat's word counts, but for young tokens. */
  private async judge({ accessToken }: Grant, signal: AbortSignal): Promise<Validation> {
    const { account, clock, validator } = this.options;
    // Another token of the same minutes would fare no better in chat: then Twitch's word decides.
    const isRecent = clock.now() - this.refreshedAt < recent;
    const isRefused = () =>
      this.state.state === 'refused' && this.state.token === accessToken && !isRecent;
    if (isRefused()) return { status: 'invalid' };
    const validation = await validator.validate(accessToken, account, signal);
    // Chat may have refused it while Twitch was asked.
    return isRefused() ? { status: 'invalid' } : validation;
  }

  private accept(valid: ValidToken, context: KeeperContext, afterLogin: boolean): number {
    const { token } = valid.token;
    this.enter({ state: 'valid', token });
    this.options.tokens.publish(valid.token);
    if (this.scopes.heed(valid.missing, afterLogin)) this.beginLogin(context);
    if (valid.missing.length === 0) void this.pending.end();
    return this.schedule.plan(token, valid.expiresIn).delay;
  }

  private async replace(grant: Grant, context: KeeperContext): Promise<number> {
    const { accessToken: token } = grant;
    this.options.tokens.withdraw(token);
    if (this.state.state !== 'refreshed' || this.state.token !== token) {
      return this.refresh(grant, context);
    }
    // Twitch would be asked without a pause, again and again.
    this.enter({ state: 'doubted', token });
    throw new OAuthError(
      'OAUTH_TWITCH_UNAVAILABLE',
      'Twitch refuses the token that it has just given.',
      { hint: 'Nothing to do: it is tried again.' },
    );
  }

  private async refresh({ accessToken }: Grant, context: KeeperContext): Promise<number> {
    const { account, refresher, clock, log } = this.options;
    const result = await refresher.refresh(account, accessToken);
    const isDead = result.status === 'dead';
    if (isDead) return this.needLogin('Twitch has ended the last login.', context);
    this.refreshedAt = clock.now();
    this.enter({ state: 'refreshed', token: result.grant.accessToken });
    log.debug('The token was refreshed.');
    return 0;
  }

  private needLogin(reason: string, context: KeeperContext): number {
    this.options.tokens.publish(undefined);
    if (this.state.state === 'waiting') {
      this.state.wait.call(reason, this.pending.isUnderWay);
    } else {
      const waiting = () => context.waiting('login');
      this.enter({ state: 'waiting', wait: new LoginWait(reason, { ...this.options, waiting }) });
    }
    this.beginLogin(context);
    return Number.POSITIVE_INFINITY;
  }

  private beginLogin({ signal, complete }: KeeperContext): void {
    // One has ended while this step looked: what came of it is for the next step to say.
    if (this.loginEnd !== undefined) return;
    const onEnd = (end: LoginEnd) => {
      this.loginEnd = end;
      this.loop.wake();
    };
    this.pending.begin({ signal, complete, onEnd });
  }

  /** The store changed: unless it was this keeper's own doing, there is something to check. */
  private async look(): Promise<void> {
    const { account, store, tokens } = this.options;
    try {
      const token = (await store.read(account))?.accessToken;
      if (token === tokens.published?.token) return;
      const known = 'token' in this.state ? this.state.token : undefined;
      if (token !== undefined && (token === known || this.pending.brings(token))) return;
    } catch {
      // The check that follows meets the same fault, and says so.
    }
    this.loop.wake();
  }
}
