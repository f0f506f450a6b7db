import { type BotVariables, type Environment, secretsOf } from './secret-values.js';

/** What stands where a secret stood. */
const mask = '[hidden]';

// `oauth:` passwords of the chat login, `Authorization` headers, and secret query parameters.
const secretForms =
  /\boauth:[a-z0-9]{10,}|\b(?:Bearer|OAuth) [a-z0-9]{10,}|(?<=[?&](?:access_token|refresh_token|client_secret|code|token)=)[^&\s"]+/gi;

/** The password of any URL. */
const urlPasswords = /(?<=:\/\/[^\s/:@"]*:)[^\s/"]+(?=@)/g;

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
 * Makes a function that hides secrets in a line of text: what looks like a token, passwords in URLs, and the values of
 * those variables that are secret, in every form in which a text may hold them.
 * @param variables looked up for each line, so that a secret that was changed meanwhile is hidden, too
 */
export function createRedactor(
  variables: Environment | (() => BotVariables),
): (line: string) => string {
  const lookUp = typeof variables === 'function' ? variables : alwaysGiven(variables);
  const secrets = new Set<string>();
  let known: BotVariables | undefined;
  let forms: RegExp | undefined;
  let open: ReadonlySet<string> = new Set();
  return (line) => {
    const now = lookUp();
    if (now !== known) {
      known = now;
      // What was secret before stays so: it may still be in use.
      for (const value of secretsOf(now)) secrets.add(value);
      forms = formsOf(secrets);
      open = publicOf(now, secrets);
    }
    const text = forms === undefined ? line : line.replace(forms, mask);
    return text
      .replace(urlPasswords, mask)
      .replace(secretForms, mask)
      .replace(bareToken, (token) => (open.has(token) ? token : mask));
  };
}

function alwaysGiven(environment: Environment): () => BotVariables {
  const variables = { environment, dotenv: {} };
  return () => variables;
}

/** Values that only look like tokens, such as a client id. */
function publicOf(
  { environment, dotenv }: BotVariables,
  secrets: ReadonlySet<string>,
): ReadonlySet<string> {
  const values = [...Object.values(environment), ...Object.values(dotenv)];
  return new Set(values.flatMap((value) => (value && !secrets.has(value) ? [value] : [])));
}

/** As it is, in JSON (also within JSON), and in URLs and forms; the longest first. */
function formsOf(secrets: ReadonlySet<string>): RegExp | undefined {
  if (secrets.size === 0) return undefined;
  const forms = [...secrets].flatMap((value) => {
    const json = JSON.stringify(value).slice(1, -1);
    const url = encodeURIComponent(value);
    const form = new URLSearchParams({ '': value }).toString().slice(1);
    const encoded = [url, encodeURI(value), form];
    const small = encoded.map((text) => text.replace(/%../g, (part) => part.toLowerCase()));
    return [value, json, JSON.stringify(json).slice(1, -1), ...encoded, ...small];
  });
  const sorted = [...new Set(forms)].sort((one, other) => other.length - one.length);
  return new RegExp(
    sorted.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'),
    'g',
  );
}
