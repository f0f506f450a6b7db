import { v } from '@pertybot/core';

/** What a login gives: the right to act for an account until Twitch or the owner ends it. */
export interface Grant {
  /** Client id of the application that it belongs to. */
  readonly clientId: string;
  /** A secret: never log, print or show it. */
  readonly accessToken: string;
  /** Buys the next access token. A secret, too; absent where Twitch gave none. */
  readonly refreshToken?: string | undefined;
  /** Scopes that the account agreed to. */
  readonly scopes: readonly string[];
}

/** Schema of a {@link Grant} as it lies in a file. */
export const grantSchema = v.strictObject({
  clientId: v.string(),
  accessToken: v.pipe(v.string(), v.nonEmpty()),
  refreshToken: v.optional(v.pipe(v.string(), v.nonEmpty())),
  scopes: v.array(v.string()),
});
