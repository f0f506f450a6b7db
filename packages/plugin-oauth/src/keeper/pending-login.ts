import { type Account, type Clock, type Logger, messageOf, type Undo } from '@pertybot/core';
import type { Login } from '../login/login.js';
import { orAbort } from '../login/patient-signal.js';
import { loginCommand } from '../token/account.js';
import type { ValidToken } from '../token/token-validator.js';
import { OAuthError } from '../twitch/oauth-error.js';

/** Logins that nobody finished in time before the bot stops showing new codes. */
const mostUnanswered = 3;

/**
 * Milliseconds in which a login may finish by itself, as it does in a browser that knows the answer. Only
 * after that does the plugin say that it waits for a person.
 */
const grace = 5_000;

/** How a login ended: it worked, nobody came, or it cannot work. */
export type LoginEnd =
  /** Its token, or undefined where it lies in the store and Twitch could not be asked about it. */
  | { readonly status: 'done'; readonly token: ValidToken | undefined }
  | { readonly status: 'unanswered' }
  | { readonly status: 'failed'; readonly error: unknown };

interface BeginOptions {
  /** Ends the login. */
  readonly signal: AbortSignal;
  /** It begins when this resolves. */
  readonly complete?: Promise<void> | undefined;
  /** Told how it ended, unless it was ended by `signal`, or in vain by {@link PendingLogin.end}. */
  onEnd(end: LoginEnd): void;
}

/** The login that the bot asks its owner for: at most one at a time for an account. */
export class PendingLogin {
  private current: AbortController | undefined;
  private running: Promise<void> = Promise.resolve();
  private unanswered = 0;
  /** The access token that the login is storing, or has stored. */
  private grant: string | undefined;

  constructor(
    private readonly account: Account,
    private readonly login: Login,
    private readonly log: Logger,
  ) {}

  /** Whether somebody is asked now. */
  get isUnderWay(): boolean {
    return this.current !== undefined;
  }

  /** Whether it has been asked for in vain too often. */
  get givenUp(): boolean {
    return this.unanswered >= mostUnanswered;
  }

  /** Whether `accessToken` comes from a login that was asked for, which hands it over itself. */
  brings(accessToken: string): boolean {
    return accessToken === this.grant;
  }

  /**
   * Asks for a login, unless one is under way already or nobody answers any more.
   */
  begin({ signal, complete, onEnd }: BeginOptions): void {
    if (this.current !== undefined || this.givenUp) return;
    const ended = new AbortController();
    this.current = ended;
    const either = AbortSignal.any([signal, ended.signal]);
    this.running = this.run(either, complete).then((end) => {
      if (this.current === ended) this.current = undefined;
      if (end !== undefined && !signal.aborted) onEnd(end);
    });
  }

  /** Ends the login: it is needed no longer. @returns when its port is free again */
  end(): Promise<void> {
    this.unanswered = 0;
    this.current?.abort();
    this.current = undefined;
    return this.running;
  }

  private async run(
    signal: AbortSignal,
    complete = Promise.resolve(),
  ): Promise<LoginEnd | undefined> {
    try {
      await orAbort(complete, signal);
      const token = await this.login.run({
        account: this.account,
        signal,
        // The keeper watches the store itself.
        heedOthers: false,
        onGrant: (accessToken) => {
          this.grant = accessToken;
        },
      });
      this.unanswered = 0;
      return { status: 'done', token };
    } catch (error) {
      this.grant = undefined;
      if (signal.aborted) return undefined;
      if (!isUnanswered(error)) return { status: 'failed', error };
      this.unanswered += 1;
      const again = `Run "${loginCommand(this.account)}" when you are there.`;
      this.log.warn(messageOf(error), { hint: this.givenUp ? again : 'A new one follows.' });
      return { status: 'unanswered' };
    }
  }
}

function isUnanswered(error: unknown): boolean {
  return (
    error instanceof OAuthError &&
    (error.code === 'OAUTH_LOGIN_TIMED_OUT' || error.code === 'OAUTH_CODE_INVALID')
  );
}

/** What a {@link LoginWait} tells with. */
export interface LoginWaitOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly log: Logger;
  /** Says that the plugin waits for a login. */
  waiting(): Undo;
}

/** The time in which only a login helps: a person is called after a while, and of each reason once. */
export class LoginWait {
  private told: string | undefined;
  private endWaiting: Undo = () => {};
  private readonly cancel: Undo;

  constructor(
    private reason: string,
    private readonly options: LoginWaitOptions,
  ) {
    this.cancel = options.clock.after(grace, () => {
      this.endWaiting = options.waiting();
      this.tell();
    });
  }

  /**
   * Calls a person at once, unless for the same reason while a login is under way.
   * @param isUnderWay whether one is, which may still finish by itself
   */
  call(reason: string, isUnderWay: boolean): void {
    if (isUnderWay && reason === this.reason) return;
    this.reason = reason;
    this.tell();
  }

  /** Says that nobody is waited for any more. */
  end(): void {
    this.cancel();
    this.endWaiting();
  }

  private tell(): void {
    if (this.told === this.reason) return;
    this.told = this.reason;
    const { account, log } = this.options;
    if (account.account === 'bot') {
      log.warn(`The bot must log in to Twitch. ${this.reason}`);
      return;
    }
    log.warn(`The broadcaster "${account.channel}" must log in to Twitch. ${this.reason}`, {
      hint: `Run: ${loginCommand(account)}`,
    });
  }
}
