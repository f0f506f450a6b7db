import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { requireLine } from './mosquitto-config.js';

/** Somebody who may log in to the broker. */
export interface BrokerUser {
  readonly name: string;
  readonly password: string;
}

/** As `mosquitto_passwd` of Mosquitto 2 has it. */
const iterations = 101;
const saltBytes = 12;
const hashBytes = 64;

/** A password that nobody has to remember. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * A password file of Mosquitto 2: `name:$7$iterations$salt$hash`, PBKDF2 with SHA-512.
 * Source: Mosquitto, `src/password_mosq.c`.
 * @throws RangeError for a name that would be another user
 */
export function passwordFile(users: readonly BrokerUser[]): string {
  return users
    .map(({ name, password }) => `${requireLine(name, ':')}:${hash(password)}\n`)
    .join('');
}

function hash(password: string): string {
  const salt = randomBytes(saltBytes);
  const digest = pbkdf2Sync(password, salt, iterations, hashBytes, 'sha512');
  return `$7$${iterations}$${salt.toString('base64')}$${digest.toString('base64')}`;
}
