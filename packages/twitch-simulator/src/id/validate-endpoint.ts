import { type Endpoint, type IdAnswer, refusal } from './id-answer.js';
import type { IdRequest } from './id-request.js';
import type { IdWorld } from './id-world.js';
import { secondsLeft } from './token-answer.js';

/** `GET /oauth2/validate`: whose token is it, for what, and for how long. */
export class ValidateEndpoint implements Endpoint {
  constructor(private readonly world: IdWorld) {}

  handle(request: IdRequest): IdAnswer {
    if (request.method !== 'GET') return refusal(404, 'not found');
    const header = request.headers.authorization;
    if (header === undefined) return refusal(401, 'missing authorization token');
    const token = /^(?:oauth|bearer) (\S+)$/i.exec(header)?.[1];
    const record = token === undefined ? undefined : this.world.grants.live(token);
    if (record === undefined) return refusal(401, 'invalid access token');
    const { client, account, scopes } = record.grant;
    return {
      status: 200,
      json: {
        client_id: client.id,
        ...(account === undefined ? {} : { login: account.login }),
        scopes: scopes.length === 0 ? null : [...scopes],
        ...(account === undefined ? {} : { user_id: account.id }),
        expires_in:
          record.expiresAt === undefined ? 0 : secondsLeft(record.expiresAt, this.world.now()),
      },
    };
  }
}
