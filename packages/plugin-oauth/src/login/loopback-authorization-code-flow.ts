import { createHash } from 'node:crypto';
import {
  BotFolders,
  Browser,
  Clock,
  inject,
  injectable,
  Logger,
  Prompt,
  sleep,
} from '@pertybot/core';
import { type LoginAccount, loginCommand } from '../token/account.js';
import { OAuthConfig } from '../twitch/oauth-config.js';
import { OAuthError } from '../twitch/oauth-error.js';
import { TwitchIdClient } from '../twitch/twitch-id-client.js';
import { CallbackServer, findPageOwner } from './callback-server.js';
import { loadTlsIdentity } from './certificate.js';
import type { AuthorizationCodeFlow, AuthorizationCodeRequest, LoginFlowResult } from './login.js';
import { LoginAttempt } from './login-attempt.js';
import { guideOwner } from './login-guide.js';
import { renderLoginPage } from './login-page.js';
import { orAbort } from './patient-signal.js';

/** Milliseconds between tries to take over the login page from another process of this bot. */
const takeOverInterval = 5_000;

/** Serves the login page on this machine, at the redirect URI itself. */
@injectable()
export class LoopbackAuthorizationCodeFlow implements AuthorizationCodeFlow {
  /** What names this bot to other processes, and tells nothing else about it. */
  private readonly bot: string;

  constructor(
    private readonly client: TwitchIdClient,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    @inject(Browser) private readonly browser: Browser,
    @inject(Prompt) private readonly prompt: Prompt,
    @inject(Clock) private readonly clock: Clock,
    @inject(BotFolders) private readonly folders: BotFolders,
    @inject(Logger) private readonly log: Logger,
  ) {
    this.bot = fingerprint(`${folders.state}\0${config.clientId}`);
  }

  async run(request: AuthorizationCodeRequest): Promise<LoginFlowResult> {
    const { client, config, clock, log } = this;
    const attempt = new LoginAttempt({ request, config, client, clock, log });
    const ended = new AbortController();
    const signal = AbortSignal.any([request.signal, ended.signal]);
    const server = await this.serve(attempt, request.account, signal);
    let gently = false;
    try {
      const opened = await this.browser.open(this.config.redirectUri);
      if (!opened && request.onlyWithBrowser) return { status: 'no-browser' };
      if (!opened) void this.guide(attempt, signal);
      this.log.info(`The login page is at ${this.config.redirectUri}`);
      const token = await orAbort(attempt.outcome, request.signal);
      gently = true;
      return { status: 'accepted', token };
    } catch (error) {
      gently = !request.signal.aborted;
      throw error;
    } finally {
      ended.abort();
      await server.stop(gently);
    }
  }

  private async guide(attempt: LoginAttempt, signal: AbortSignal): Promise<void> {
    try {
      await guideOwner(this.prompt, attempt, this.config, signal);
    } catch (error) {
      if (!signal.aborted) this.log.error('The login prompt failed.', { error });
    }
  }

  private async serve(
    attempt: LoginAttempt,
    account: LoginAccount,
    signal: AbortSignal,
  ): Promise<CallbackServer> {
    const { redirectUri } = this.config;
    const owner = `${this.bot}.${fingerprint(loginCommand(account))}`;
    const tls = redirectUri.startsWith('https:')
      ? await loadTlsIdentity(this.config, this.folders, this.log)
      : undefined;
    for (let told = false; ; told = true) {
      try {
        return await CallbackServer.start({
          redirectUri,
          tls,
          owner,
          page: () => attempt.renderPage(),
          callback: async (query) => {
            const problem = await attempt.take(query);
            const loginPath = new URL(redirectUri).pathname;
            return problem && renderLoginPage({ kind: 'failed', problem, loginPath });
          },
        });
      } catch (error) {
        const other = await findPageOwner(redirectUri);
        if (!(error instanceof OAuthError) || !other?.startsWith(`${this.bot}.`)) throw error;
        if (!told) await this.pointToOwnPage(other === owner);
        await sleep(this.clock, takeOverInterval, signal);
      }
    }
  }

  private async pointToOwnPage(isSameAccount: boolean): Promise<void> {
    if (!isSameAccount) {
      this.prompt.show(
        `The running bot waits for the login of another account: ${this.config.redirectUri}\n` +
          'Finish that one first; this one follows by itself.',
      );
      return;
    }
    if (await this.browser.open(this.config.redirectUri)) return;
    this.prompt.show(`The running bot shows its login page already: ${this.config.redirectUri}`);
  }
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
