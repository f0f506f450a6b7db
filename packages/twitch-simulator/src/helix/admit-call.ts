import type { Clients } from '../id/clients.js';
import type { Grants } from '../id/grants.js';
import { type HelixAnswer, refused } from './helix-answer.js';
import type { Caller, HelixCall, HelixRequest, Route } from './helix-call.js';

/** Whom Helix knows. */
export interface Registry {
  readonly clients: Clients;
  readonly grants: Grants;
}

/** Whose token it is, or why Helix does not take it. */
export function readCaller({ grants }: Registry, request: HelixRequest): Caller | HelixAnswer {
  const { authorization = '' } = request.headers;
  const token = /^(?:bearer|oauth)\s+(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) return refused(401, 'OAuth token is missing');
  const clientId = request.headers['client-id'];
  if (typeof clientId !== 'string') return refused(401, 'Client ID is missing');
  const grant = grants.live(token)?.grant;
  if (grant === undefined) return refused(401, 'Invalid OAuth token');
  if (grant.client.id !== clientId) {
    return refused(401, 'Client ID and OAuth token do not match');
  }
  return { client: grant.client, account: grant.account, scopes: grant.scopes };
}

/** The call that a route may make, or why not. */
export function admitCall(
  route: Route,
  caller: Caller,
  request: HelixRequest,
): HelixCall | HelixAnswer {
  const { account, scopes } = caller;
  if (account === undefined && route.app !== true) {
    return refused(401, 'User OAuth token is required');
  }
  const needed = route.scopes ?? [];
  if (account !== undefined && needed.length > 0 && !needed.some((each) => scopes.includes(each))) {
    return refused(401, `Missing scope: ${needed.join(' or ')}`);
  }
  const body = readJson(request.body);
  if (body === undefined) return refused(400, 'The body is not a JSON object.');
  const { own } = route;
  if (own !== undefined && account !== undefined) {
    const given = request.query.get(own) ?? body[own];
    if (given === undefined) return refused(400, `The parameter "${own}" is missing`);
    if (given !== account.id) {
      const words = "must match the user ID found in the request's OAuth token.";
      return refused(401, `The ID in ${own} ${words}`);
    }
  }
  const user = account ?? { id: '', login: '', displayName: '' };
  return { caller, user, query: request.query, body };
}

function readJson(body: string): Readonly<Record<string, unknown>> | undefined {
  if (body.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return { ...value };
  } catch {
    return undefined;
  }
}
