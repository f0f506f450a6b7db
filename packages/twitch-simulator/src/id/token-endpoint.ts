import type { Client } from './clients.js';
import { type Endpoint, type IdAnswer, refusal } from './id-answer.js';
import type { IdRequest } from './id-request.js';
import type { IdWorld } from './id-world.js';
import { splitScopes } from './scopes.js';
import { tokenAnswer } from './token-answer.js';

/** `POST /oauth2/token`: codes, refresh tokens and approved devices in, tokens out. */
export class TokenEndpoint implements Endpoint {
  constructor(private readonly world: IdWorld) {}

  handle(request: IdRequest): IdAnswer {
    if (request.method !== 'POST') return refusal(404, 'not found');
    const form = request.form;
    const id = form.get('client_id');
    if (id === null) return refusal(400, 'missing client id');
    const client = this.world.clients.find(id);
    if (client === undefined) return refusal(400, 'invalid client');
    const grantType = form.get('grant_type');
    if (grantType === null) return refusal(400, 'missing grant type');

    const badSecret = refuseSecret(client, form.get('client_secret'), grantType);
    if (badSecret !== undefined) return badSecret;

    switch (grantType) {
      case 'authorization_code':
        return this.redeemCode(client, form);
      case 'refresh_token':
        return this.refresh(client, form);
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return this.pollDevice(client, request);
      case 'client_credentials':
        return this.giveAppToken(client, form);
      default:
        return refusal(400, 'Invalid grant');
    }
  }

  private redeemCode(client: Client, form: URLSearchParams): IdAnswer {
    const code = form.get('code');
    if (code === null) return refusal(400, 'missing code');
    const redirectUri = form.get('redirect_uri');
    if (redirectUri === null) return refusal(400, 'missing redirect uri');
    if (!client.redirectUris.includes(redirectUri)) {
      return refusal(400, 'Parameter redirect_uri does not match registered URI');
    }
    const approval = this.world.codes.redeem(code, client);
    if (approval === undefined || approval.redirectUri !== redirectUri) {
      return refusal(400, 'Invalid authorization code');
    }
    return this.open(client, approval.account.login, approval.scopes);
  }

  private refresh(client: Client, form: URLSearchParams): IdAnswer {
    const refreshToken = form.get('refresh_token');
    if (refreshToken === null) return refusal(400, 'missing refresh token');
    const record = this.world.grants.refresh(refreshToken, client);
    if (record === undefined) return refusal(400, 'Invalid refresh token');
    return tokenAnswer(record, this.world.now());
  }

  private pollDevice(client: Client, request: IdRequest): IdAnswer {
    const deviceCode = request.form.get('device_code');
    if (deviceCode === null) return refusal(400, 'missing device code');
    if (!request.form.has('scopes')) request.problems.push('"scopes" is missing');
    const login = this.world.devices.byDeviceCode(deviceCode);
    if (login === undefined || login.client.id !== client.id) {
      return refusal(400, 'invalid device code');
    }
    const now = this.world.now();
    const soonest = (login.polledAt ?? -Infinity) + this.world.deviceInterval * 1000;
    // A timer may fire a little early; only a caller who does not wait is meant.
    if (now < soonest - 50) request.problems.push('polled sooner than the interval allows');
    login.polledAt = now;
    if (login.state === 'pending') return refusal(400, 'authorization_pending');
    if (typeof login.state === 'string') return refusal(400, 'invalid device code');
    const { approvedAs } = login.state;
    login.state = 'used';
    return this.open(client, approvedAs.login, login.scopes);
  }

  private giveAppToken(client: Client, form: URLSearchParams): IdAnswer {
    const scopes = splitScopes(form.get('scope'));
    return this.open(client, undefined, scopes);
  }

  private open(client: Client, login: string | undefined, scopes: readonly string[]): IdAnswer {
    const account = login === undefined ? undefined : this.world.people.find(login);
    const lifetime = this.world.tokenLifetime;
    const record = this.world.grants.open({ client, account, scopes, lifetime });
    return tokenAnswer(record, this.world.now());
  }
}

/** A device's first tokens come without a secret; all else needs one, if only to be refused. */
function refuseSecret(
  client: Client,
  secret: string | null,
  grantType: string,
): IdAnswer | undefined {
  const isPublic = client.secret === undefined;
  const optional =
    grantType.endsWith(':device_code') || (isPublic && grantType === 'refresh_token');
  if (secret === null || secret === '') {
    return optional ? undefined : refusal(400, 'missing client secret');
  }
  return secret === client.secret ? undefined : refusal(403, 'invalid client secret');
}
