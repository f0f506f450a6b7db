import {
  type AccessToken,
  type InjectionToken,
  inject,
  injectable,
  RequestedScopes,
} from '@pertybot/core';
import { OAuthConfig } from '../twitch/oauth-config.js';
import { TwitchIdClient } from '../twitch/twitch-id-client.js';

/** What a validation found. */
export type Validation =
  | {
      /** Twitch accepts the token, and it is what the bot asked for. */
      readonly status: 'valid';
      readonly token: AccessToken;
      /** Milliseconds that it lives on; undefined where it never expires. */
      readonly expiresIn: number | undefined;
      /** Requested scopes that it lacks. */
      readonly missing: readonly string[];
    }
  | {
      /** Twitch refuses the token: it expired or was revoked. */
      readonly status: 'invalid';
    }
  | {
      /** The token is alive, but of another application or another account than configured. */
      readonly status: 'foreign';
      /** A sentence that says what it is and what it should be. */
      readonly reason: string;
    };

/** Asks Twitch whether a token is what the bot needs. */
export interface TokenValidator {
  /**
   * Validates a token; Twitch asks for it at start and every hour.
   * @throws OAuthError when Twitch gives no verdict, which says nothing about the token
   */
  validate(accessToken: string, signal?: AbortSignal): Promise<Validation>;
}

/** Injection token of {@link TokenValidator}. */
export const TokenValidator: InjectionToken<TokenValidator> = Symbol.for('pertybot.TokenValidator');

/** Validates at Twitch's /validate, and compares client, account and scopes with what is configured. */
@injectable()
export class TwitchTokenValidator implements TokenValidator {
  constructor(
    private readonly client: TwitchIdClient,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    @inject(RequestedScopes) private readonly requested: RequestedScopes,
  ) {}

  async validate(accessToken: string, signal?: AbortSignal): Promise<Validation> {
    const info = await this.client.validate(accessToken, signal);
    if (info === undefined) return { status: 'invalid' };
    const { clientId, account } = this.config;
    // Whoever brings a token of their own need not say which application it is of.
    if (clientId !== '' && info.clientId !== clientId) {
      return {
        status: 'foreign',
        reason: 'The token belongs to another client id than configured.',
      };
    }
    if (info.login === undefined || info.userId === undefined) {
      return {
        status: 'foreign',
        reason: 'The token belongs to an application, not to an account.',
      };
    }
    if (account !== undefined && info.login !== account) {
      return {
        status: 'foreign',
        reason: `You are logged in as "${info.login}", but the bot's account is "${account}".`,
      };
    }
    return {
      status: 'valid',
      token: {
        token: accessToken,
        clientId: info.clientId,
        userId: info.userId,
        login: info.login,
        scopes: info.scopes,
      },
      expiresIn: info.expiresIn,
      missing: this.requested.list
        .map(({ scope }) => scope.toLowerCase())
        .filter((scope) => !info.scopes.includes(scope)),
    };
  }
}
