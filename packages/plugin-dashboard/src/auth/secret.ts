import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that nobody guesses: 256 bits, safe in a URL. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Stands for a secret where that is not to be read. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Compares without telling by its time how much of them agrees. */
export function isSameSecret(one: string, other: string): boolean {
  const [a, b] = [fingerprint(one), fingerprint(other)].map((each) => Buffer.from(each));
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
