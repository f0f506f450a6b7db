import { type Logger, messageOf } from '@pertybot/core';
import type { Login } from '../login/login.js';
import { OAuthError } from '../twitch/oauth-error.js';

/** Logins that nobody finished in time before the bot stops showing new codes. */
const mostUnanswered = 3;

/** How a login ended: it worked, nobody came, or it cannot work. */
export type LoginEnd =
  | { readonly status: 'done' | 'unanswered' }
  | { readonly status: 'failed'; readonly error: unknown };

/** The login that the bot asks its owner for: at most one at a time. */
export class PendingLogin {
  private current: AbortController | undefined;
  private running: Promise<void> = Promise.resolve();
  private unanswered = 0;

  constructor(
    private readonly login: Login,
    private readonly log: Logger,
  ) {}

  /** Whether it has been asked for in vain too often. */
  get givenUp(): boolean {
    return this.unanswered >= mostUnanswered;
  }

  /**
   * Asks for a login, unless one is under way already or nobody answers any more.
   * @param signal ends the login
   * @param onEnd told how it ended, unless it was ended by `signal` or {@link PendingLogin.end}
   */
  begin(signal: AbortSignal, onEnd: (end: LoginEnd) => void): void {
    if (this.current !== undefined || this.givenUp) return;
    const ended = new AbortController();
    this.current = ended;
    const either = AbortSignal.any([signal, ended.signal]);
    this.running = this.run(either).then((end) => {
      if (this.current === ended) this.current = undefined;
      if (end !== undefined && !either.aborted) onEnd(end);
    });
  }

  /** Ends the login: it is needed no longer. @returns when its port is free again */
  end(): Promise<void> {
    this.unanswered = 0;
    this.current?.abort();
    this.current = undefined;
    return this.running;
  }

  private async run(signal: AbortSignal): Promise<LoginEnd | undefined> {
    try {
      await this.login.run({ signal });
      this.unanswered = 0;
      return { status: 'done' };
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!isUnanswered(error)) return { status: 'failed', error };
      this.unanswered += 1;
      this.log.warn(messageOf(error), {
        hint: this.givenUp ? 'Run "pertybot login" when you are there.' : 'A new one follows.',
      });
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
