import { type AccessToken, type InjectionToken, inject, injectable } from '@pertybot/core';
import { OAuthConfig } from '../twitch/oauth-config.js';
import { TwitchIdClient } from '../twitch/twitch-id-client.js';
import { channelOf, type LoginAccount } from './account.js';
import { AccountScopes } from './account-scopes.js';

/** Twitch accepts the token, and it is of the account that the bot asked for. */
export interface ValidToken {
  readonly status: 'valid';
  readonly token: AccessToken;
  /** Milliseconds that it lives on; undefined where it never expires. */
  readonly expiresIn: number | undefined;
  /** Requested scopes that it lacks. */
  readonly missing: readonly string[];
}

/** What a validation found. */
export type Validation =
  | ValidToken
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
   * Validates a token of `account`; Twitch asks for it at start and every hour.
   * @throws OAuthError when Twitch gives no verdict, which says nothing about the token
   */
  validate(accessToken: string, account: LoginAccount, signal?: AbortSignal): Promise<Validation>;
}

/** Injection token of {@link TokenValidator}. */
export const TokenValidator: InjectionToken<TokenValidator> = Symbol.for('pertybot.TokenValidator');

/** Validates at Twitch's /validate, and compares client, account and scopes with what is configured. */
@injectable()
export class TwitchTokenValidator implements TokenValidator {
  constructor(
    private readonly client: TwitchIdClient,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    private readonly scopes: AccountScopes,
  ) {}

  async validate(
    accessToken: string,
    account: LoginAccount,
    signal?: AbortSignal,
  ): Promise<Validation> {
    const info = await this.client.validate(accessToken, signal);
    if (info === undefined) return { status: 'invalid' };
    const { clientId } = this.config;
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
    const reason = judgeLogin(info.login, account, this.config);
    if (reason !== undefined) return { status: 'foreign', reason };
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
      missing: this.scopes
        .of(account, info.login)
        .map(({ scope }) => scope.toLowerCase())
        .filter((scope) => !info.scopes.includes(scope)),
    };
  }
}

/** Says who should have logged in, where `login` is not it. */
function judgeLogin(
  login: string,
  account: LoginAccount,
  { account: bot, broadcasters }: OAuthConfig,
): string | undefined {
  const you = `You are logged in as "${login}"`;
  if (account.account === 'bot') {
    if (bot === undefined || login === bot) return undefined;
    return `${you}, but the bot's account is "${bot}".`;
  }
  const channel = channelOf(account);
  const right = channel === undefined ? broadcasters : [channel];
  if (right.includes(login)) return undefined;
  if (right.length > 0) return `${you}, but the broadcaster is "${right.join('" or "')}".`;
  if (login !== bot) return undefined;
  return `${you}, which is the bot's account. If it is the broadcaster's as well, say so with --channel.`;
}
