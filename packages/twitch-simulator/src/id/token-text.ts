import { randomInt } from 'node:crypto';

const lowercase = 'abcdefghijklmnopqrstuvwxyz0123456789';
const uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Opaque text for an access token, code or device code. Lowercase, since tmi.js lowercases what it sends. */
export function opaque(length = 30): string {
  return pick(lowercase, length);
}

/**
 * Opaque text for a refresh token. It holds `/`, `+`, `=` and `%3d`, so that a caller who forgets to
 * encode it, or encodes it twice, is found out.
 */
export function opaqueRefresh(): string {
  return `${opaque(20)}/${opaque(12)}+${opaque(8)}=${opaque(6)}%3d`;
}

/** What a person types at the activation page, such as `ABCDEFGH`. */
export function userCode(): string {
  return pick(uppercase, 8);
}

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
