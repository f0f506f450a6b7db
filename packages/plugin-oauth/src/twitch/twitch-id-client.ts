import { errorCodeOf, inject, injectable, messageOf } from '@pertybot/core';
import { exchangeFor, type HttpExchange } from './http-exchange.js';
import { OAuthConfig } from './oauth-config.js';
import { OAuthError } from './oauth-error.js';
import {
  type Answer,
  type DeviceCode,
  readDeviceCode,
  readMessage,
  readTokenAnswer,
  readTokenInfo,
  type TokenAnswer,
  type TokenInfo,
} from './twitch-id-answers.js';
import { endsGrant, toOAuthError } from './twitch-refusal.js';

/** What a poll of the device flow gives. */
export type DevicePoll =
  | { readonly status: 'granted'; readonly answer: TokenAnswer }
  | { readonly status: 'pending' | 'slow_down' | 'expired' | 'denied' };

/**
 * Twitch's OAuth server over HTTP: https://dev.twitch.tv/docs/authentication. Secrets travel in form
 * bodies and headers, never in a URL. Every method throws {@link OAuthError} alone.
 */
@injectable()
export class TwitchIdClient {
  private exchange: Promise<HttpExchange> | undefined;

  constructor(@inject(OAuthConfig) private readonly config: OAuthConfig) {}

  /**
   * Loads what requests are sent with. It is loaded at the start of the plugin: an import that fails once, as while no
   * more files can be opened, fails for ever.
   */
  async prepare(): Promise<void> {
    this.exchange ??= exchangeFor(this.config.idUrl, process.env);
    await this.exchange;
  }

  /**
   * Page on which an account agrees to `scopes`. `force_verify` makes Twitch ask even when it knows the
   * answer: the browser is often logged in as the streamer rather than the bot.
   */
  authorizeUrl(scopes: readonly string[], state: string): string {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.config.clientId,
      redirect_uri: this.config.redirectUri,
      scope: scopes.join(' '),
      state,
      force_verify: 'true',
    });
    return `${this.config.idUrl}/authorize?${query}`;
  }

  /** Exchanges an authorization code for tokens. */
  async exchangeCode(code: string, signal?: AbortSignal): Promise<TokenAnswer> {
    const answer = await this.post(
      'token',
      { grant_type: 'authorization_code', code, redirect_uri: this.config.redirectUri },
      signal,
    );
    if (answer.status !== 200) throw toOAuthError(answer, [code, ...this.secrets()]);
    return readTokenAnswer(answer);
  }

  /** Buys new tokens. @returns undefined when Twitch says that the grant is dead */
  async refresh(refreshToken: string, signal?: AbortSignal): Promise<TokenAnswer | undefined> {
    const answer = await this.post(
      'token',
      { grant_type: 'refresh_token', refresh_token: refreshToken },
      signal,
    );
    if (answer.status === 200) return readTokenAnswer(answer);
    if (endsGrant(answer)) return undefined;
    throw toOAuthError(answer, [refreshToken, ...this.secrets()]);
  }

  /** Asks what a token is good for. @returns undefined when it is invalid */
  async validate(accessToken: string, signal?: AbortSignal): Promise<TokenInfo | undefined> {
    // What no header can carry is no token; an error about it would quote it.
    if (!/^[\x21-\x7e]+$/.test(accessToken)) return undefined;
    const answer = await this.send('GET', 'validate', {
      headers: { authorization: `OAuth ${accessToken}` },
      signal,
    });
    if (answer.status === 200) return readTokenInfo(answer);
    if (answer.status === 401) return undefined;
    throw toOAuthError(answer, [accessToken]);
  }

  /** Ends a token. @returns whether it was alive */
  async revoke(token: string, signal?: AbortSignal): Promise<boolean> {
    const answer = await this.post('revoke', { token, client_secret: undefined }, signal);
    if (answer.status === 200) return true;
    if (/invalid token/i.test(readMessage(answer))) return false;
    throw toOAuthError(answer, [token]);
  }

  /** Asks for a code by which the owner logs in on any device. */
  async requestDeviceCode(scopes: readonly string[], signal?: AbortSignal): Promise<DeviceCode> {
    const answer = await this.post(
      'device',
      { scopes: scopes.join(' '), client_secret: undefined },
      signal,
    );
    if (answer.status !== 200) throw toOAuthError(answer, this.secrets());
    return readDeviceCode(answer);
  }

  /** Asks whether the owner has logged in with a device code. */
  async pollDeviceCode(
    deviceCode: string,
    scopes: readonly string[],
    signal?: AbortSignal,
  ): Promise<DevicePoll> {
    const answer = await this.post(
      'token',
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: deviceCode,
        scopes: scopes.join(' '),
      },
      signal,
    );
    if (answer.status === 200) return { status: 'granted', answer: readTokenAnswer(answer) };
    const message = readMessage(answer).toLowerCase().replaceAll(' ', '_');
    if (message.includes('authorization_pending')) return { status: 'pending' };
    if (message.includes('slow_down')) return { status: 'slow_down' };
    if (message.includes('denied')) return { status: 'denied' };
    if (/invalid_device_code|expired/.test(message)) return { status: 'expired' };
    throw toOAuthError(answer, [deviceCode, ...this.secrets()]);
  }

  private post(
    path: string,
    fields: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const { clientId, clientSecret } = this.config;
    const all = { client_id: clientId, client_secret: clientSecret, ...fields };
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) if (value !== undefined) form.set(name, value);
    return this.send('POST', path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      signal,
    });
  }

  private async send(
    method: string,
    path: string,
    request: {
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<Answer> {
    const { signal } = request;
    const timeout = AbortSignal.timeout(this.config.timeout);
    try {
      this.exchange ??= exchangeFor(this.config.idUrl, process.env);
      const exchange = await this.exchange;
      return await exchange(`${this.config.idUrl}/${path}`, {
        method,
        headers: { accept: 'application/json', ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw this.toUnreachable(error, timeout.aborted);
    }
  }

  private toUnreachable(error: unknown, timedOut: boolean): OAuthError {
    // By a proxy the error is "fetch failed", with the reason as its cause.
    const cause =
      typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
    const code = errorCodeOf(cause) ?? messageOf(cause);
    const host = new URL(this.config.idUrl).host;
    const why = timedOut ? `no answer within ${this.config.timeout} ms` : code;
    return new OAuthError('OAUTH_TWITCH_UNREACHABLE', `"${host}" cannot be reached: "${why}".`, {
      hint: /^CERT_|SELF_SIGNED|UNABLE_TO/.test(code)
        ? 'Check the date of this machine with "date": a Pi has no battery clock, and sets it by the network.'
        : 'Check the network; it is tried again.',
      cause: error,
    });
  }

  private secrets(): readonly string[] {
    return this.config.clientSecret === undefined ? [] : [this.config.clientSecret];
  }
}
