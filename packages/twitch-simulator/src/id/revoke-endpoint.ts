import { type Endpoint, type IdAnswer, refusal } from './id-answer.js';
import type { IdRequest } from './id-request.js';
import type { IdWorld } from './id-world.js';

/** `POST /oauth2/revoke`: an application gives a token back. */
export class RevokeEndpoint implements Endpoint {
  constructor(private readonly world: IdWorld) {}

  handle(request: IdRequest): IdAnswer {
    if (request.method !== 'POST') return refusal(404, 'not found');
    const id = request.form.get('client_id');
    if (id === null) return refusal(400, 'missing client id');
    const client = this.world.clients.find(id);
    if (client === undefined) return refusal(404, 'client does not exist');
    const token = request.form.get('token');
    if (token === null) return refusal(400, 'missing oauth token');
    const record = this.world.grants.live(token);
    if (record === undefined || record.grant.client.id !== id) return refusal(400, 'Invalid token');
    record.dead = true;
    return { status: 200 };
  }
}
