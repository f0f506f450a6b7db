import { type Endpoint, type IdAnswer, refusal } from './id-answer.js';
import type { IdRequest } from './id-request.js';
import type { IdWorld } from './id-world.js';
import { isScope, splitScopes } from './scopes.js';

/** `POST /oauth2/device`: starts the login of a device that has no browser. */
export class DeviceEndpoint implements Endpoint {
  constructor(private readonly world: IdWorld) {}

  handle(request: IdRequest): IdAnswer {
    if (request.method !== 'POST') return refusal(404, 'not found');
    const id = request.form.get('client_id');
    if (id === null) return refusal(400, 'missing client id');
    const client = this.world.clients.find(id);
    if (client === undefined) return refusal(400, 'invalid client');
    const scopes = splitScopes(request.form.get('scopes'));
    if (request.form.has('scope')) request.problems.push('"scope" should be "scopes"');
    if (!scopes.every(isScope)) return refusal(400, 'invalid scope requested');
    const login = this.world.devices.issue(client, scopes);
    const code = encodeURIComponent(login.userCode);
    return {
      status: 200,
      json: {
        device_code: login.deviceCode,
        expires_in: this.world.devices.lifetime,
        interval: this.world.deviceInterval,
        user_code: login.userCode,
        verification_uri: `${this.world.origin}/activate?public=true&device-code=${code}`,
      },
    };
  }
}
