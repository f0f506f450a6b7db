import type { AccessRecord } from './grants.js';
import type { IdAnswer } from './id-answer.js';

/** The JSON with which Twitch hands out tokens; `scope` is missing when no scopes were asked for. */
export function tokenAnswer(record: AccessRecord, now: number): IdAnswer {
  const { grant, token } = record;
  return {
    status: 200,
    json: {
      access_token: token,
      ...(record.expiresAt === undefined ? {} : { expires_in: secondsLeft(record.expiresAt, now) }),
      ...(grant.refreshToken === undefined ? {} : { refresh_token: grant.refreshToken }),
      ...(grant.scopes.length === 0 ? {} : { scope: [...grant.scopes] }),
      token_type: 'bearer',
    },
  };
}

/** Whole seconds until `expiresAt`, both in milliseconds. */
export function secondsLeft(expiresAt: number, now: number): number {
  return Math.max(0, Math.floor((expiresAt - now) / 1000));
}
