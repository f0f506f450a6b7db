import type { TwitchSimulator } from '../../src/index.js';
import { redirectUri } from '../simulator.js';

/** An answer with its JSON, if it is JSON. */
export interface JsonAnswer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, string>>;

/** Posts a form to an endpoint of the OAuth side. */
export async function post(
  twitch: TwitchSimulator,
  endpoint: string,
  fields: Fields,
): Promise<JsonAnswer> {
  const body = new URLSearchParams(fields);
  return read(await fetch(`${twitch.idUrl}/${endpoint}`, { method: 'POST', body }));
}

/** Asks whose an access token is. */
export async function validate(
  twitch: TwitchSimulator,
  token: string,
  scheme = 'OAuth',
): Promise<JsonAnswer> {
  const headers = { Authorization: `${scheme} ${token}` };
  return read(await fetch(`${twitch.idUrl}/validate`, { headers }));
}

/** Refreshes with the client that has a secret, or with the public one. */
export function refresh(
  twitch: TwitchSimulator,
  refreshToken: string,
  client: 'demo' | 'public' = 'demo',
): Promise<JsonAnswer> {
  return post(twitch, 'token', {
    client_id: client,
    ...(client === 'demo' ? { client_secret: 's3cret' } : {}),
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
}

/** The address of the login page, as an application builds it. */
export function authorizeUrl(twitch: TwitchSimulator, change: Fields = {}): string {
  const query = new URLSearchParams({
    client_id: 'demo',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'chat:read chat:edit',
    state: 'abc',
    ...change,
  });
  return `${twitch.idUrl}/authorize?${query}`;
}

/** Opens an address without following redirects; the answer's `Location`, if there is one. */
export async function locationOf(url: string, init: RequestInit = {}): Promise<URL | undefined> {
  const answer = await fetch(url, { ...init, redirect: 'manual' });
  const location = answer.headers.get('location');
  return location === null ? undefined : new URL(location);
}

/** A code of an account that approves at once. */
export async function getCode(twitch: TwitchSimulator, change: Fields = {}): Promise<string> {
  twitch.id.approveAs('pertybot');
  const location = await locationOf(authorizeUrl(twitch, change));
  return location?.searchParams.get('code') ?? '';
}

/** Fetches the tokens for a code. */
export function redeem(
  twitch: TwitchSimulator,
  code: string,
  change: Fields = {},
): Promise<JsonAnswer> {
  return post(twitch, 'token', {
    client_id: 'demo',
    client_secret: 's3cret',
    code,
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    ...change,
  });
}

async function read(answer: Response): Promise<JsonAnswer> {
  const text = await answer.text();
  const json: unknown = text === '' ? {} : JSON.parse(text);
  return { status: answer.status, json: Object.fromEntries(Object.entries(Object(json))) };
}
