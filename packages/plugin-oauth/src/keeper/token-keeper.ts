import { Clock, inject, injectable, Logger, RequestedScopes, type Undo } from '@pertybot/core';
import { Login } from '../login/login.js';
import { TokenRefresher } from '../token/token-refresher.js';
import { type Grant, TokenStore } from '../token/token-store.js';
import { TokenValidator, type Validation } from '../token/token-validator.js';
import { isTransient, OAuthError } from '../twitch/oauth-error.js';
import { Endurance } from './endurance.js';
import { ManagedAccessTokens } from './managed-access-tokens.js';
import { PendingLogin } from './pending-login.js';
import { ValidationSchedule } from './validation-schedule.js';
import { WakeableRest } from './wakeable-rest.js';

/**
 * Milliseconds in which a login may finish by itself, as it does in a browser that knows the answer. Only
 * after that does the plugin say that it waits for a person.
 */
const grace = 5_000;

/**
 * For how long after a refresh a token that chat refuses is not exchanged on chat's word alone, milliseconds.
 * Twitch keeps fifty access tokens of a login alive, each for four hours: this is less than half of them.
 */
const recent = 10 * 60_000;

/** What a keeper of tokens is run with. */
export interface KeeperContext {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Says that the plugin waits: for `login`, `network` or `configuration`. */
  waiting(reason: string): Undo;
}

/**
 * Keeps the token alive for as long as the bot runs: validates it at start and hourly, refreshes it when it is
 * invalid or about to end, asks for a login when nothing else helps, and notices what other processes do.
 */
@injectable()
export class TokenKeeper {
  private readonly schedule = new ValidationSchedule();
  private readonly endurance: Endurance;
  private readonly rest: WakeableRest;
  private readonly pending: PendingLogin;
  /** An access token that Twitch's chat refused. */
  private refused: string | undefined;
  /** The access token of the last refresh, when that was, and whether Twitch has called it valid since. */
  private fresh: string | undefined;
  private refreshedAt = Number.NEGATIVE_INFINITY;
  private isProven = true;
  private loginFault: { readonly error: unknown } | undefined;
  private loggedIn = false;
  /** Missing scopes that a login did not bring either. */
  private unmet: string | undefined;
  private started = false;
  private toldReason: string | undefined;
  private endLoginWait: Undo | undefined;

  constructor(
    @inject(TokenStore) private readonly store: TokenStore,
    @inject(TokenValidator) private readonly validator: TokenValidator,
    @inject(TokenRefresher) private readonly refresher: TokenRefresher,
    @inject(Login) login: Login,
    private readonly tokens: ManagedAccessTokens,
    @inject(RequestedScopes) private readonly requested: RequestedScopes,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {
    this.rest = new WakeableRest(clock);
    this.pending = new PendingLogin(login, log);
    this.endurance = new Endurance(log);
  }

  /**
   * Keeps the token until `signal` fires.
   * @param onFirst called with the first token
   * @throws OAuthError when the configuration is wrong before there ever was a token
   */
  async run(context: KeeperContext, onFirst: () => void): Promise<void> {
    const undos = [
      this.store.onChange(() => void this.look()),
      this.requested.onChange(() => this.rest.wake()),
    ];
    this.tokens.whenRefused((token) => {
      this.refused = token;
      this.rest.wake();
    });
    try {
      while (!context.signal.aborted) {
        const delay = await this.step(context);
        if (!this.started && this.tokens.published !== undefined) {
          this.started = true;
          onFirst();
        }
        await this.rest.until(delay, context.signal);
      }
    } finally {
      for (const undo of undos) undo();
      this.endLoginWait?.();
      await this.pending.end();
    }
  }

  private async step(context: KeeperContext): Promise<number> {
    try {
      const delay = await this.check(context);
      // A login that was begun may still fail, again and again.
      if (Number.isFinite(delay)) this.endurance.over();
      this.endurance.stopWaiting();
      return delay;
    } catch (error) {
      if (context.signal.aborted) return 0;
      if (!this.started && !isTransient(error)) throw error;
      return this.endure(error, context);
    }
  }

  /** Says what is wrong; the token, if there is one, stays in use. @returns milliseconds to wait */
  private endure(error: unknown, context: KeeperContext): number {
    const delay = this.endurance.meet(error);
    if (this.tokens.published !== undefined) return delay;
    // Such a fault leaves the bot without a token for good: chat must be left.
    if (!isTransient(error)) this.tokens.publish(undefined);
    this.endurance.wait(error, context);
    return delay;
  }

  private async check(context: KeeperContext): Promise<number> {
    const fault = this.loginFault;
    this.loginFault = undefined;
    if (fault !== undefined) throw fault.error;
    const grant = await this.store.read();
    if (grant === undefined) return this.needLogin('There is no login yet.', context);
    const validation = await this.validate(grant, context.signal);
    if (validation.status === 'invalid') return this.replaceInvalid(grant, context);
    if (validation.status === 'foreign') return this.needLogin(validation.reason, context);
    const plan = this.schedule.plan(grant.accessToken, validation.expiresIn);
    if (plan.refresh && grant.refreshToken !== undefined) return this.refresh(grant, context);
    this.isProven = true;
    this.refused = undefined;
    this.tokens.publish(validation.token);
    this.toldReason = undefined;
    this.endLoginWait?.();
    this.endLoginWait = undefined;
    this.mindScopes(validation.missing, context);
    return plan.delay;
  }

  private async validate(grant: Grant, signal: AbortSignal): Promise<Validation> {
    // Another token of the same minutes would fare no better in chat: then Twitch's word decides.
    const isRecent = this.clock.now() - this.refreshedAt < recent;
    const isRefused = () => grant.accessToken === this.refused && !isRecent;
    if (isRefused()) return { status: 'invalid' };
    const validation = await this.validator.validate(grant.accessToken, signal);
    // Chat may have refused it while Twitch was asked.
    return isRefused() ? { status: 'invalid' } : validation;
  }

  private async replaceInvalid(grant: Grant, context: KeeperContext): Promise<number> {
    this.tokens.withdraw(grant.accessToken);
    if (grant.accessToken !== this.fresh || this.isProven) return this.refresh(grant, context);
    // Twitch would be asked without a pause, again and again.
    this.isProven = true;
    throw new OAuthError(
      'OAUTH_TWITCH_UNAVAILABLE',
      'Twitch refuses the token that it has just given.',
      { hint: 'Nothing to do: it is tried again.' },
    );
  }

  private async refresh({ accessToken }: Grant, context: KeeperContext): Promise<number> {
    const result = await this.refresher.refresh(accessToken);
    const isDead = result.status === 'dead';
    if (isDead) return this.needLogin('Twitch has ended the last login.', context);
    this.refused = undefined;
    this.fresh = result.grant.accessToken;
    this.refreshedAt = this.clock.now();
    this.isProven = false;
    this.log.debug('The token was refreshed.');
    return 0;
  }

  private needLogin(reason: string, context: KeeperContext): number {
    this.tokens.publish(undefined);
    if (this.endLoginWait === undefined) this.endLoginWait = this.waitAfterGrace(reason, context);
    else this.callPerson(reason);
    this.beginLogin(context);
    return Number.POSITIVE_INFINITY;
  }

  private callPerson(reason: string): void {
    if (reason !== this.toldReason) this.log.warn(`The bot must log in to Twitch. ${reason}`);
    this.toldReason = reason;
  }

  private mindScopes(missing: readonly string[], context: KeeperContext): void {
    const key = missing.join(' ');
    if (key === '') {
      this.unmet = undefined;
      void this.pending.end();
      return;
    }
    if (this.loggedIn) this.unmet = key;
    this.loggedIn = false;
    for (const { scope, plugins } of this.requested.list) {
      if (!missing.includes(scope.toLowerCase())) continue;
      this.log.warn(
        `The login lacks the scope "${scope}", which "${plugins.join('", "')}" wants.`,
        {
          hint: 'Log in again: run "pertybot login".',
        },
      );
    }
    if (key !== this.unmet) this.beginLogin(context);
  }

  private waitAfterGrace(reason: string, context: KeeperContext): Undo {
    let undo: Undo = () => {};
    const cancel = this.clock.after(grace, () => {
      undo = context.waiting('login');
      this.callPerson(reason);
    });
    return () => {
      cancel();
      undo();
    };
  }

  private beginLogin({ signal }: KeeperContext): void {
    this.pending.begin(signal, (end) => {
      if (end.status === 'failed') this.loginFault = end;
      this.loggedIn = end.status === 'done';
      this.rest.wake();
    });
  }

  /** The store changed: unless it was this keeper's own doing, there is something to check. */
  private async look(): Promise<void> {
    try {
      const grant = await this.store.read();
      const token = grant?.accessToken;
      if (token === this.tokens.published?.token) return;
      if (token !== undefined && token === this.fresh) return;
    } catch {
      // The check that follows meets the same fault, and says so.
    }
    this.rest.wake();
  }
}
