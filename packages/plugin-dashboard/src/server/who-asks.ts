import type { IncomingMessage } from 'node:http';
import { readCookie } from '../auth/cookie.js';
import { lesser, type PageRole } from '../auth/role.js';
import { isSameSecret } from '../auth/secret.js';
import type { PageDesk } from './page-desk.js';

/** Who asks for something. */
export interface Asker {
  /** Undefined where nobody is logged in. */
  readonly role: PageRole | undefined;
  /** Why he is not more than that. */
  readonly limited?: string;
  /** Id of his session. */
  readonly session: string | undefined;
  /** Address that he comes from. */
  readonly address: string;
}

const onlyOperator = 'Without https, nobody in the network is more than operator.';

/** Reads from a request who asks. What anybody on the way could read along makes nobody the owner. */
export function whoAsks(request: IncomingMessage, desk: PageDesk, secure: boolean): Asker {
  const { remoteAddress: address = '', localPort = 0 } = request.socket;
  const session = readCookie(request.headers.cookie, localPort);
  const role = desk.sessions.roleOf(session);
  const isPrivate = secure || isLoopback(address);
  if (role === undefined || isPrivate) return { role, session, address };
  const limited = lesser(role, 'operator');
  return { role: limited, session, address, ...(limited !== role && { limited: onlyOperator }) };
}

/** Whether a word is the key of the overlay. */
export function isKey(word: string | null, key: string): boolean {
  return word !== null && isSameSecret(word, key);
}

/** Whether an address is of this machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
