import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

type Environment = Readonly<Record<string, string | undefined>>;

/** What stands where a secret stood. */
const mask = '[hidden]';

/** Shorter values are words that messages are made of. */
const shortest = 8;

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

/** What Twitch's tokens look like, wherever a server echoes one: 30 or 50 small letters and digits. */
const bareToken = /\b(?=[a-z]*[0-9])(?=[0-9]*[a-z])(?:[a-z0-9]{30}|[a-z0-9]{50})\b/g;

/**
 * Makes a function that hides secrets in a line of text: what looks like a token, and the values of
 * those variables whose names say that they are secret, in every form in which a text may hold them.
 * @param environment looked up for each line, so that a secret that was changed meanwhile is hidden, too
 */
export function createRedactor(
  environment: Environment | (() => Environment),
): (line: string) => string {
  const lookUp = typeof environment === 'function' ? environment : () => environment;
  const secrets = new Set<string>();
  let known: Environment | undefined;
  let forms: readonly string[] = [];
  let open: ReadonlySet<string> = new Set();
  return (line) => {
    const now = lookUp();
    if (now !== known) {
      known = now;
      // What was secret before stays so: it may still be in use.
      for (const value of secretsOf(now)) secrets.add(value);
      forms = formsOf(secrets);
      open = publicOf(now);
    }
    return forms
      .reduce((text, form) => text.replaceAll(form, mask), line)
      .replace(secretForms, mask)
      .replace(bareToken, (token) => (open.has(token) ? token : mask));
  };
}

function isSecret(name: string, value: string | undefined): value is string {
  return secretNames.test(name) && value !== undefined && value.length >= shortest;
}

function secretsOf(environment: Environment): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    isSecret(name, value) ? [value] : [],
  );
}

/** Values that only look like tokens, such as a client id. */
function publicOf(environment: Environment): ReadonlySet<string> {
  return new Set(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || isSecret(name, value) ? [] : [value],
    ),
  );
}

/** As it is, in JSON (also within JSON), and in URLs and forms; the longest first. */
function formsOf(secrets: ReadonlySet<string>): readonly string[] {
  const forms = [...secrets].flatMap((value) => {
    const json = JSON.stringify(value).slice(1, -1);
    const url = encodeURIComponent(value);
    const form = new URLSearchParams({ '': value }).toString().slice(1);
    const encoded = [url, encodeURI(value), form];
    const small = encoded.map((text) => text.replace(/%../g, (part) => part.toLowerCase()));
    return [value, json, JSON.stringify(json).slice(1, -1), ...encoded, ...small];
  });
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

/**
 * Where the secrets of a bot may stand: the variables of the process and of its .env, which is read again whenever it
 * has changed.
 */
export function environmentOf(folder: string): () => Environment {
  const file = join(folder, '.env');
  let seen: string | undefined;
  let environment: Environment = process.env;
  return () => {
    const state = stateOf(file);
    if (state === seen) return environment;
    seen = state;
    environment = readEnvironment(file);
    return environment;
  };
}

/** Changes whenever the file does. */
function stateOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}

function readEnvironment(file: string): Environment {
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...process.env };
  } catch {
    // Without one, or with one that cannot be read, it holds no secret that could come out.
    return { ...process.env };
  }
}
