import { OAuthError, type OAuthErrorCode } from './oauth-error.js';
import { type Answer, readMessage } from './twitch-id-answers.js';

/** Status codes that say nothing about what was asked. */
const passingStatus = (status: number) =>
  status >= 500 ||
  status === 429 ||
  status === 408 ||
  status === 404 ||
  (status >= 300 && status < 400);

const console = 'https://dev.twitch.tv/console/apps';

const known: readonly [pattern: RegExp, code: OAuthErrorCode, message: string, hint: string][] = [
  [
    /invalid client secret/,
    'OAUTH_CLIENT_SECRET_WRONG',
    'Twitch refuses the client secret.',
    `Copy the client secret from ${console} into TWITCH_CLIENT_SECRET in .env, and start again; no login is lost.`,
  ],
  [
    /missing client secret/,
    'OAUTH_CLIENT_SECRET_MISSING',
    'The application at Twitch is confidential, and no client secret is configured.',
    `Put the client secret from ${console} into TWITCH_CLIENT_SECRET in .env, and start again.`,
  ],
  [
    /redirect_uri|redirect_mismatch/,
    'OAUTH_REDIRECT_MISMATCH',
    'The redirect URI is not one that is registered at Twitch.',
    `Register exactly the redirectUri of plugins.yaml at ${console}: press Add, then Save.`,
  ],
  [
    /invalid client|client does not exist|missing client id/,
    'OAUTH_CLIENT_ID_WRONG',
    'Twitch does not know the client id.',
    `Copy the client id from ${console} into TWITCH_CLIENT_ID in .env.`,
  ],
  [
    /invalid authorization code/,
    'OAUTH_CODE_INVALID',
    'Twitch says that the login was used already, or took too long.',
    'Log in once more.',
  ],
];

/** Whether an error message of Twitch, in any case, ends a grant for good. */
export function endsGrant(answer: Answer): boolean {
  const message = readMessage(answer).toLowerCase();
  if (answer.status === 400) return message.includes('invalid refresh token');
  // Without Twitch's words it is the answer of a proxy or a portal.
  return answer.status === 401 && message !== '' && !/client/.test(message);
}

/**
 * Says in our words what Twitch refused.
 * @param secrets values that Twitch's message must not carry into ours
 */
export function toOAuthError(answer: Answer, secrets: readonly string[]): OAuthError {
  const words = readMessage(answer);
  if (passingStatus(answer.status) || (words === '' && answer.status !== 400)) {
    return new OAuthError(
      'OAUTH_TWITCH_UNAVAILABLE',
      `Twitch's login server answered with status "${answer.status}".`,
      {
        hint: 'Nothing to do: it is tried again.',
        retryAfter: toMilliseconds(answer.retryAfter),
      },
    );
  }
  const match = known.find(([pattern]) => pattern.test(words.toLowerCase()));
  if (match !== undefined) {
    const [, code, message, hint] = match;
    return new OAuthError(code, message, { hint });
  }
  return new OAuthError(
    'OAUTH_REQUEST_REFUSED',
    `Twitch's login server refused with status "${answer.status}" and says "${toPlainText(words, secrets)}".`,
    { hint: 'Check clientId, clientSecret and redirectUri against docs/twitch-app.md.' },
  );
}

/** Text from outside, fit for a terminal, a log and an error message. */
export function toPlainText(text: string, secrets: readonly string[] = []): string {
  // Before it is cut: a piece of a secret is one, too.
  const open = secrets
    .filter((secret) => secret.length > 3)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return open
    .replace(/\p{Cc}|\p{Cf}/gu, ' ')
    .slice(0, 200)
    .trim();
}

/** Nobody's word makes the bot wait longer, milliseconds: it would be without a login for so long. */
const longestWait = 600_000;

function toMilliseconds(retryAfter: string | null): number | undefined {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(seconds * 1_000, longestWait)
    : undefined;
}
