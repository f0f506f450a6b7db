import type { AccessToken, InjectionToken } from '@pertybot/core';

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
