import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

type Environment = Readonly<Record<string, string | undefined>>;

/** What stands where a secret stood. */
const mask = '[hidden]';

const secretNames = /(?:token|secret|password|passphrase)/i;

// `oauth:` passwords of the chat login, `Authorization` headers, and secret query parameters.
const secretForms =
  /\boauth:[a-z0-9]{10,}|\b(?:Bearer|OAuth) [a-z0-9]{10,}|(?<=[?&](?:access_token|refresh_token|client_secret|code|token)=)[^&\s"]+/gi;

/** Names of log fields whose values are never written. */
export const secretFields: readonly string[] = [
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'clientSecret',
  'client_secret',
  'password',
  'authorization',
  'code_verifier',
  'device_code',
];

/**
 * Makes a function that hides secrets in a line of text: what looks like a token, and the values of
 * those variables whose names say that they are secret.
 */
export function createRedactor(environment: Environment): (line: string) => string {
  const values = Object.entries(environment)
    .filter(([name, value]) => secretNames.test(name) && value !== undefined && value.length >= 8)
    .map(([, value]) => value ?? '')
    .sort((a, b) => b.length - a.length);
  return (line) =>
    values.reduce((text, value) => text.replaceAll(value, mask), line).replace(secretForms, mask);
}

/** Where the secrets of a bot may stand: the variables of its .env and of the process. */
export function environmentOf(folder: string): Environment {
  try {
    return { ...parseEnv(readFileSync(join(folder, '.env'), 'utf8')), ...process.env };
  } catch {
    // Without one, or with one that cannot be read, it holds no secret that could come out.
    return process.env;
  }
}
