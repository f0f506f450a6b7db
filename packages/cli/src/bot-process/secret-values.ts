import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the secrets of a bot may stand. */
export interface BotVariables {
  /** What the process was given: of these, the names tell which are secret. */
  readonly environment: Environment;
  /** The bot's .env: what stands there is private, unless it plainly is not. */
  readonly dotenv: Environment;
}

/** Shorter values are words that messages are made of. */
const shortest = 5;

/** Long enough to mean a secret wherever they stand in a name. */
const longWords =
  /token|secret|passw|passphrase|passcode|apikey|credential|cookie|webhook|authorization/i;

/** These must end a part of the name: an author is no auth. */
const shortWords = /(?:key|pass|pw|pwd|auth|dsn)s?\d*$/i;

/** Set by shells and desktops; they are paths, of which messages are full. */
const shellNames = /^(?:PWD|OLDPWD|SSH_AUTH_SOCK|XAUTHORITY)$/;

/** Names of what everybody may know, in a .env. */
const publicNames = /(?:^|_)(?:ID|CHANNEL|LOGIN|USER|USERNAME|NAME|HOST|PORT|LANG|TZ)$/i;

/** Words, small numbers and names of pins. */
const plainValue = /^(?:[a-z]+|[+-]?\d{1,6}(?:\.\d+)?|GPIO\d+)$/i;

/** What log lines themselves are made of. */
const logWords = /^(?:true|false|debug|error|level|message|plugin|undefined)$/i;

const urlPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/]+)@/i;

/** Whether the name of a variable says that its value is secret. */
export function isSecretName(name: string): boolean {
  if (shellNames.test(name)) return false;
  const parts = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').split(/[^A-Za-z0-9]+/);
  return longWords.test(name) || parts.some((part) => shortWords.test(part));
}

/** Every value that must not be written, with the passwords within URLs. */
export function secretsOf({ environment, dotenv }: BotVariables): readonly string[] {
  const own = Object.entries(dotenv).filter(([name, value]) => isPrivate(name, value));
  const given = Object.entries(environment).filter(([name]) => isSecretName(name));
  const passwords = [...Object.values(dotenv), ...Object.values(environment)].flatMap(passwordsIn);
  return [...[...own, ...given].map(([, value]) => value), ...passwords].filter(isHideable);
}

function isPrivate(name: string, value = ''): boolean {
  if (isSecretName(name)) return true;
  return !publicNames.test(name) && !plainValue.test(value);
}

function isHideable(value: string | undefined): value is string {
  return value !== undefined && value.trim().length >= shortest && !logWords.test(value);
}

function passwordsIn(value = ''): readonly string[] {
  const password = urlPassword.exec(value)?.[1];
  if (password === undefined) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/**
 * The variables of the process and of a bot's .env, which is read again whenever it has changed.
 */
export function environmentOf(folder: string): () => BotVariables {
  const file = join(folder, '.env');
  let seen: string | undefined;
  let variables: BotVariables = { environment: process.env, dotenv: {} };
  return () => {
    const state = stateOf(file);
    if (state === seen) return variables;
    seen = state;
    variables = { environment: { ...process.env }, dotenv: readDotenv(file) };
    return variables;
  };
}

/** Changes whenever the file does. */
function stateOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return '';
  }
}

function readDotenv(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch {
    // Without one, or with one that cannot be read, it holds no secret that could come out.
    return {};
  }
}
