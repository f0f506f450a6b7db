import { createHmac } from 'node:crypto';
import { loadCodes } from '../load-codes.js';
import { isPageRole, type PageRole } from './role.js';
import { isSameSecret, makeSecret } from './secret.js';

/** How long a link lets somebody in, milliseconds. */
const linkLife = 120_000;

/** Links that are remembered as used, at most: each is forgotten when it is too old anyway. */
const mostUsed = 1_000;

/** Makes a word that lets its bearer in once. @param now milliseconds since 1970 */
export function makeOneTime(key: string, role: PageRole, now = Date.now()): string {
  const word = `${role}.${now + linkLife}.${makeSecret()}`;
  return `${word}.${sign(key, word)}`;
}

/** Draws a link for a terminal, so that a phone beside it gets in: a QR code of half blocks. */
export async function drawLink(link: string): Promise<string> {
  const { renderUnicodeCompact } = await loadCodes();
  return renderUnicodeCompact(link, { border: 2 });
}

/** Takes such words, each once, and none that is old, forged or of another start of the page. */
export class OneTimeLinks {
  private readonly used = new Map<string, number>();

  /** @param key with which they are signed */
  constructor(private readonly key: string) {}

  /** @returns whom the word makes of its bearer; undefined where it is worth nothing */
  take(word: string, now = Date.now()): PageRole | undefined {
    const [role = '', end = '', nonce = '', signature = '', ...rest] = word.split('.');
    if (rest.length > 0 || !isPageRole(role) || nonce === '') return undefined;
    if (!isSameSecret(signature, sign(this.key, `${role}.${end}.${nonce}`))) return undefined;
    const until = Number(end);
    if (!(now <= until && until <= now + linkLife) || this.used.has(nonce)) return undefined;
    this.forget(now);
    if (this.used.size >= mostUsed) return undefined;
    this.used.set(nonce, until);
    return role;
  }

  private forget(now: number): void {
    for (const [nonce, until] of this.used) if (until < now) this.used.delete(nonce);
  }
}

function sign(key: string, word: string): string {
  return createHmac('sha256', key).update(word).digest('base64url');
}
