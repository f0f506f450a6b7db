import { randomBytes } from 'node:crypto';

/** An id of 27 letters and digits, such as a hype train's or a goal's. */
export function shortId(): string {
  return randomBytes(27).toString('base64').replace(/[+/=]/g, 'x').slice(0, 27);
}

/** A session's id as Twitch makes it: 36 characters of URL-safe base64 whose tail names the cell. */
export function sessionId(): string {
  const cell = Buffer.from('cell-a');
  const bytes = [Buffer.from([2, 10, 16]), randomBytes(16), Buffer.from([18, cell.length]), cell];
  return Buffer.concat(bytes).toString('base64url');
}
