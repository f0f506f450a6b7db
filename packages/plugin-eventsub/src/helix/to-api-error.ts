import type { HttpAnswer, NoAnswer } from './http-exchange.js';
import { TwitchApiError, type TwitchApiErrorCode } from './twitch-api-error.js';

/** What a call is named in messages, such as `GET users`. */
export type CallName = string;

/** JSON of an answer; undefined where it has no body. @throws SyntaxError where it is no JSON */
export function readJson(body: string): unknown {
  return body.trim() === '' ? undefined : JSON.parse(body);
}

/** The error behind an answer that is no success. @param secrets what must not be told */
export function toApiError(
  call: CallName,
  { status, body }: HttpAnswer,
  options: { readonly secret: string; readonly retryAfter?: number | undefined },
): TwitchApiError {
  const { retryAfter, secret } = options;
  const answer = tryJson(body);
  const reason = reasonOf(answer, secret);
  const code = codeOf(status);
  const said = reason === undefined ? '' : `: "${reason}"`;
  return new TwitchApiError(code, `Twitch answered "${call}" with ${status}${said}.`, {
    ...{ status, reason, answer, retryAfter },
    hint: hints[code],
  });
}

/** The error where nothing answered. */
export function toUnreachable(call: CallName, base: string, error: NoAnswer): TwitchApiError {
  const { host } = new URL(base);
  const message = `"${host}" cannot be reached for "${call}": "${error.reason}".`;
  const hint = /^CERT_|SELF_SIGNED|UNABLE_TO/.test(error.reason)
    ? 'Check the date of this machine with "date": a Pi has no battery clock, and sets it by the network.'
    : 'Check the network of this machine.';
  return new TwitchApiError('TWITCH_API_UNREACHABLE', message, { hint, cause: error });
}

const hints: Readonly<Partial<Record<TwitchApiErrorCode, string>>> = {
  TWITCH_API_REFUSED: 'Do what Twitch says: https://dev.twitch.tv/docs/api/reference.',
  TWITCH_API_UNAUTHORIZED: 'Log in again: run "pertybot login", of a channel with --broadcaster.',
  TWITCH_API_FORBIDDEN:
    'Name the scopes of the call, and check that it is made with the right account.',
  TWITCH_API_RATE_LIMITED: 'Ask less often.',
  TWITCH_API_UNAVAILABLE: 'Wait: it is Twitch that fails.',
};

function codeOf(status: number): TwitchApiErrorCode {
  if (status === 401) return 'TWITCH_API_UNAUTHORIZED';
  if (status === 403) return 'TWITCH_API_FORBIDDEN';
  if (status === 429) return 'TWITCH_API_RATE_LIMITED';
  return status >= 500 ? 'TWITCH_API_UNAVAILABLE' : 'TWITCH_API_REFUSED';
}

function tryJson(body: string): unknown {
  try {
    return readJson(body);
  } catch {
    return undefined;
  }
}

function reasonOf(answer: unknown, secret: string): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('message' in answer)) return undefined;
  const { message } = answer;
  if (typeof message !== 'string' || message === '') return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a stranger's text goes to a terminal
  const plain = message.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return plain.replaceAll(secret, '…').slice(0, 200);
}
