import { type Clock, isPertyError, type Logger, messageOf } from '@pertybot/core';
import { expectedLogin, type LoginAccount } from '../token/account.js';
import type { Grant } from '../token/token-store.js';
import type { ValidToken } from '../token/token-validator.js';
import type { OAuthConfig } from '../twitch/oauth-config.js';
import { OAuthError, type OAuthErrorCode } from '../twitch/oauth-error.js';
import type { TwitchIdClient } from '../twitch/twitch-id-client.js';
import { toPlainText } from '../twitch/twitch-refusal.js';
import type { LoginFlowRequest } from './login.js';
import { type LoginPage, type PageProblem, renderLoginPage } from './login-page.js';
import { LoginStates } from './login-states.js';

/** What an attempt is made from. */
export interface LoginAttemptOptions {
  readonly request: LoginFlowRequest;
  readonly config: OAuthConfig;
  readonly client: TwitchIdClient;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Faults that only an edit of the configuration and a new start can mend. */
const final: ReadonlySet<OAuthErrorCode> = new Set([
  'OAUTH_CLIENT_ID_WRONG',
  'OAUTH_CLIENT_SECRET_MISSING',
  'OAUTH_CLIENT_SECRET_WRONG',
  'OAUTH_REQUEST_REFUSED',
]);

/** One run of the authorization code flow: what its page shows, and what a callback does. */
export class LoginAttempt {
  /** Settles when somebody has logged in, or when that cannot work. */
  readonly outcome: Promise<ValidToken | undefined>;
  private readonly states: LoginStates;
  private page: LoginPage | undefined;
  private problem: PageProblem | undefined;
  /** Answers of Twitch are dealt with one after the other: only one can make the login. */
  private turn: Promise<void> = Promise.resolve();
  private toldStrangers = false;
  private resolve: (token: ValidToken | undefined) => void = () => {};
  private reject: (error: unknown) => void = () => {};

  constructor(private readonly options: LoginAttemptOptions) {
    this.states = new LoginStates(options.clock);
    this.outcome = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever awaits it sees a failure; until then it is not unhandled.
    this.outcome.catch(() => {});
  }

  /** The page as it should be now; a login page has a link that works once. */
  renderPage(): string {
    return renderLoginPage(
      this.page ?? {
        kind: 'login',
        authorizeUrl: this.authorizeUrl(),
        account: this.options.request.account,
        login: expectedLogin(this.options.request.account, this.options.config),
        scopes: this.options.request.scopes,
        mayBeBoth: this.options.request.mayBeBoth,
        problem: this.problem,
      },
    );
  }

  /** A link to Twitch that works once. */
  authorizeUrl(): string {
    const scopes = this.options.request.scopes.map(({ scope }) => scope);
    return this.options.client.authorizeUrl(scopes, this.states.issue());
  }

  /**
   * Takes what Twitch sent the browser back with. The same once more, of a double click or of a browser that
   * loads ahead, changes nothing and is answered like the first.
   * @returns undefined when it belongs to this attempt, whatever became of it; else what is wrong
   */
  async take(query: URLSearchParams): Promise<PageProblem | undefined> {
    const verdict = this.states.take(query.get('state') ?? '');
    if (verdict === 'unknown' && this.page === undefined) return this.refuseStranger();
    if (verdict === 'new') this.turn = this.turn.then(() => this.settle(query));
    await this.turn;
    return undefined;
  }

  /** Who is to log in. */
  get account(): LoginAccount {
    return this.options.request.account;
  }

  /** What went wrong in the last callback, if it did. */
  get lastProblem(): PageProblem | undefined {
    return this.problem;
  }

  private async settle(query: URLSearchParams): Promise<void> {
    if (this.page !== undefined) return;
    const error = query.get('error');
    if (error !== null) this.tell(this.describe(error, query));
    else await this.exchange(query.get('code') ?? '');
  }

  /** What a link says that anybody may have made is not shown: this page speaks for the bot. */
  private refuseStranger(): PageProblem {
    const problem = {
      message: 'This answer does not belong to a login that was started here.',
      hint: 'Open the login page again, and use its link.',
    };
    if (!this.toldStrangers) this.options.log.warn(problem.message, { hint: problem.hint });
    this.toldStrangers = true;
    return problem;
  }

  private async exchange(code: string): Promise<void> {
    const { client, config, request } = this.options;
    this.problem = undefined;
    try {
      const answer = await client.exchangeCode(code, request.signal);
      const grant: Grant = {
        clientId: config.clientId,
        accessToken: answer.accessToken,
        refreshToken: answer.refreshToken,
        scopes: answer.scopes ?? [],
      };
      const token = await request.accept(grant);
      const { account } = request;
      this.page = { kind: 'done', account, login: token?.token.login };
      this.resolve(token);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const { code, hint } = isPertyError(error) ? error : {};
    const problem = { message: messageOf(error), hint };
    if (error instanceof OAuthError && !final.has(error.code)) {
      this.tell(problem, code);
      return;
    }
    this.page = { kind: 'failed', problem };
    this.reject(error);
  }

  /** Shows a problem on the page; the log tells it too, since the page may not be before anybody's eyes. */
  private tell(problem: PageProblem, code?: string): void {
    this.problem = problem;
    const { message, hint } = problem;
    this.options.log.warn(message, code === undefined ? { hint } : { code, hint });
  }

  private describe(error: string, query: URLSearchParams): PageProblem {
    if (error === 'access_denied') {
      return { message: 'You said no at Twitch.', hint: 'Use the button to try again.' };
    }
    if (error === 'redirect_mismatch') {
      return {
        message: `Twitch does not know the redirect URI "${this.options.config.redirectUri}".`,
        hint: 'Add exactly this one at dev.twitch.tv/console/apps, press Add, then Save, and try again.',
      };
    }
    const words = query.get('error_description') ?? '';
    return {
      message: `Twitch says: ${toPlainText(`${error} ${words}`)}`,
      hint: 'See docs/twitch-app.md, and try again.',
    };
  }
}
