import { type AccessToken, type Clock, isPertyError, messageOf } from '@pertybot/core';
import type { Grant } from './grant.js';
import type { LoginFlowRequest } from './login-flow.js';
import { type LoginPage, type PageProblem, renderLoginPage } from './login-page.js';
import { LoginStates } from './login-states.js';
import type { OAuthConfig } from './oauth-config.js';
import { OAuthError, type OAuthErrorCode } from './oauth-error.js';
import type { TwitchIdClient } from './twitch-id-client.js';
import { toPlainText } from './twitch-refusal.js';

/** What an attempt is made from. */
export interface LoginAttemptOptions {
  readonly request: LoginFlowRequest;
  readonly config: OAuthConfig;
  readonly client: TwitchIdClient;
  readonly clock: Clock;
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
  readonly outcome: Promise<AccessToken | undefined>;
  private readonly states: LoginStates;
  private page: LoginPage | undefined;
  private problem: PageProblem | undefined;
  private resolve: (token: AccessToken | undefined) => void = () => {};
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
        account: this.options.config.account,
        scopes: this.options.request.scopes,
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
   * Takes what Twitch sent the browser back with.
   * @returns undefined when it belongs to this attempt, whatever became of it; else what is wrong
   */
  async take(query: URLSearchParams): Promise<PageProblem | undefined> {
    if (this.page !== undefined) return undefined;
    const error = query.get('error');
    if (!this.states.take(query.get('state') ?? '')) {
      return {
        message:
          error === null
            ? 'This answer does not belong to a login that was started here.'
            : this.describe(error, query).message,
        hint: 'Open the login page again, and use its link.',
      };
    }
    if (error !== null) {
      this.problem = this.describe(error, query);
      return undefined;
    }
    await this.exchange(query.get('code') ?? '');
    return undefined;
  }

  /** What went wrong in the last callback, if it did. */
  get lastProblem(): PageProblem | undefined {
    return this.problem;
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
      this.page = { kind: 'done', login: token?.login };
      this.resolve(token);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const hint = isPertyError(error) ? error.hint : undefined;
    this.problem = { message: messageOf(error), hint };
    const goesOn = error instanceof OAuthError && !final.has(error.code);
    if (goesOn) return;
    this.page = { kind: 'failed', problem: this.problem };
    this.reject(error);
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
