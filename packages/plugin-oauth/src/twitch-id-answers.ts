import { v } from '@pertybot/core';
import { parseJson } from '@pertybot/core/host';
import { OAuthError } from './oauth-error.js';

/** Tokens as Twitch hands them out. */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Absent where Twitch named none. */
  readonly scopes: readonly string[] | undefined;
}

/** What Twitch says of a valid token. */
export interface TokenInfo {
  readonly clientId: string;
  /** Login of the account, lower case; undefined for a token that belongs to no account. */
  readonly login: string | undefined;
  readonly userId: string | undefined;
  /** Lower case. */
  readonly scopes: readonly string[];
  /** Milliseconds that the token lives on; undefined where it never expires. */
  readonly expiresIn: number | undefined;
}

/** A code by which the owner logs in on any device. */
export interface DeviceCode {
  /** Polls for the token: a secret. */
  readonly deviceCode: string;
  /** The owner types it. */
  readonly userCode: string;
  /** Page on which it is typed. */
  readonly verificationUri: string;
  /** Milliseconds that the code lives. */
  readonly expiresIn: number;
  /** Milliseconds between polls. */
  readonly interval: number;
}

/** An answer's status and body. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Seconds, from the header of that name. */
  readonly retryAfter: string | null;
}

/** Twitch sends scopes as a list, as text, as null, or leaves them out. */
const scopesSchema = v.pipe(
  v.nullish(v.union([v.array(v.string()), v.string()])),
  v.transform((scopes) =>
    (typeof scopes === 'string' ? scopes.split(/[\s,]+/) : scopes)
      ?.map((scope) => scope.toLowerCase())
      .filter((scope) => scope !== ''),
  ),
);

const secondsSchema = v.pipe(v.number(), v.minValue(0));

const tokenSchema = v.pipe(
  v.object({
    access_token: v.pipe(v.string(), v.nonEmpty()),
    refresh_token: v.nullish(v.string()),
    scope: scopesSchema,
  }),
  v.transform(
    (answer): TokenAnswer => ({
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token || undefined,
      scopes: answer.scope,
    }),
  ),
);

const tokenInfoSchema = v.pipe(
  v.object({
    client_id: v.string(),
    login: v.nullish(v.string()),
    user_id: v.nullish(v.string()),
    scopes: scopesSchema,
    expires_in: v.nullish(secondsSchema),
  }),
  v.transform(
    (answer): TokenInfo => ({
      clientId: answer.client_id,
      login: answer.login?.toLowerCase() || undefined,
      userId: answer.user_id || undefined,
      scopes: answer.scopes ?? [],
      // Tokens of very old applications never expire: Twitch then says 0 or nothing.
      expiresIn: answer.expires_in ? answer.expires_in * 1_000 : undefined,
    }),
  ),
);

const deviceCodeSchema = v.pipe(
  v.object({
    device_code: v.pipe(v.string(), v.nonEmpty()),
    user_code: v.pipe(v.string(), v.nonEmpty()),
    verification_uri: v.pipe(v.string(), v.url()),
    expires_in: v.optional(secondsSchema, 1_800),
    interval: v.optional(secondsSchema, 5),
  }),
  v.transform(
    (answer): DeviceCode => ({
      deviceCode: answer.device_code,
      userCode: answer.user_code,
      verificationUri: answer.verification_uri,
      expiresIn: answer.expires_in * 1_000,
      interval: answer.interval * 1_000,
    }),
  ),
);

/** @throws OAuthError when the answer is not what Twitch documents */
export const readTokenAnswer = reader(tokenSchema, 'a token');
/** @throws OAuthError when the answer is not what Twitch documents */
export const readTokenInfo = reader(tokenInfoSchema, 'a validation');
/** @throws OAuthError when the answer is not what Twitch documents */
export const readDeviceCode = reader(deviceCodeSchema, 'a device code');

function reader<Output>(schema: v.GenericSchema<unknown, Output>, what: string) {
  return ({ body }: Answer): Output => {
    const parsed = v.safeParse(schema, parseJson(body));
    if (parsed.success) return parsed.output;
    // The issues of the parser quote what they found, which may be a token: they are left out.
    throw new OAuthError('OAUTH_TWITCH_UNAVAILABLE', `Twitch's answer is not ${what}.`, {
      hint: 'Try again in a minute; a proxy or a portal in between may have answered instead.',
    });
  };
}

/** Twitch's own words in an error: `{ status, message }`, with or without `error`. */
export function readMessage({ body }: Answer): string {
  const parsed = v.safeParse(
    v.object({ message: v.optional(v.string(), ''), error: v.optional(v.string(), '') }),
    parseJson(body),
  );
  return parsed.success ? parsed.output.message || parsed.output.error : '';
}
