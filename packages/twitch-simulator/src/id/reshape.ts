import { STATUS_CODES } from 'node:http';
import type { IdAnswer } from './id-answer.js';
import type { IdFault } from './id-faults.js';

/** The body and content type of `answer`, as `fault` disfigures them. */
export function writeBody(answer: IdAnswer, fault: IdFault): { type: string; body: string } {
  if (fault.body !== undefined) return brokenBody(fault.body);
  if (answer.html !== undefined) return { type: 'text/html; charset=utf-8', body: answer.html };
  if (answer.json === undefined) return { type: 'text/plain; charset=utf-8', body: '' };
  return { type: 'application/json', body: JSON.stringify(reshape(answer.json, fault)) };
}

function brokenBody(kind: NonNullable<IdFault['body']>): { type: string; body: string } {
  switch (kind) {
    case 'malformed':
      return { type: 'application/json', body: '{"access_token":"half a' };
    case 'html':
      return { type: 'text/html; charset=utf-8', body: '<html><h1>Bad Gateway</h1></html>' };
    case 'null':
      return { type: 'application/json', body: 'null' };
    case 'empty':
      return { type: 'application/json', body: '' };
  }
}

function reshape(
  json: Readonly<Record<string, unknown>>,
  fault: IdFault,
): Readonly<Record<string, unknown>> {
  const shaped: Record<string, unknown> = { ...json };
  if ('message' in json && fault.errorKey === true) {
    shaped.error = STATUS_CODES[Number(json.status)];
  }
  if (fault.scope === 'absent') delete shaped.scope;
  if (fault.scope === 'string' && Array.isArray(json.scope)) shaped.scope = json.scope.join(' ');
  if (fault.expiresIn === 'absent') delete shaped.expires_in;
  if (typeof fault.expiresIn === 'number') shaped.expires_in = fault.expiresIn;
  if (fault.refreshToken === 'absent') delete shaped.refresh_token;
  return shaped;
}
