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
import { OAuthConfig } from '../twitch/oauth-config.js';
import { OAuthError } from '../twitch/oauth-error.js';
import { TwitchIdClient } from '../twitch/twitch-id-client.js';
import { CallbackServer, isPageOf } from './callback-server.js';
import { loadTlsIdentity } from './certificate.js';
import { LoginAttempt } from './login-attempt.js';
import type {
  AuthorizationCodeFlow,
  AuthorizationCodeRequest,
  LoginFlowResult,
} from './login-flow.js';
import { guideOwner } from './login-guide.js';
import { renderLoginPage } from './login-page.js';
import { orAbort } from './patient-signal.js';

/** Milliseconds between tries to take over the login page from another process of this bot. */
const takeOverInterval = 5_000;

/** Serves the login page on this machine, at the redirect URI itself. */
@injectable()
export class LoopbackAuthorizationCodeFlow implements AuthorizationCodeFlow {
  /** Names this bot to other processes, and nothing else about it. */
  private readonly owner: string;

  constructor(
    private readonly client: TwitchIdClient,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    @inject(Browser) private readonly browser: Browser,
    @inject(Prompt) private readonly prompt: Prompt,
    @inject(Clock) private readonly clock: Clock,
    @inject(BotFolders) private readonly folders: BotFolders,
    @inject(Logger) private readonly log: Logger,
  ) {
    const name = `${folders.state}\0${config.clientId}`;
    this.owner = createHash('sha256').update(name).digest('hex').slice(0, 24);
  }

  async run(request: AuthorizationCodeRequest): Promise<LoginFlowResult> {
    const { client, config, clock, log } = this;
    const attempt = new LoginAttempt({ request, config, client, clock, log });
    const ended = new AbortController();
    const signal = AbortSignal.any([request.signal, ended.signal]);
    const server = await this.serve(attempt, signal);
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

  private async serve(attempt: LoginAttempt, signal: AbortSignal): Promise<CallbackServer> {
    const { redirectUri } = this.config;
    const tls = redirectUri.startsWith('https:')
      ? await loadTlsIdentity(this.config, this.folders, this.log)
      : undefined;
    for (let told = false; ; told = true) {
      try {
        return await CallbackServer.start({
          redirectUri,
          tls,
          owner: this.owner,
          page: () => attempt.renderPage(),
          callback: async (query) => {
            const problem = await attempt.take(query);
            const loginPath = new URL(redirectUri).pathname;
            return problem && renderLoginPage({ kind: 'failed', problem, loginPath });
          },
        });
      } catch (error) {
        if (!(error instanceof OAuthError) || !(await isPageOf(this.owner, redirectUri)))
          throw error;
        if (!told) await this.pointToOwnPage();
        await sleep(this.clock, takeOverInterval, signal);
      }
    }
  }

  private async pointToOwnPage(): Promise<void> {
    if (await this.browser.open(this.config.redirectUri)) return;
    this.prompt.show(`The running bot shows its login page already: ${this.config.redirectUri}`);
  }
}
