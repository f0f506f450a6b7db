import { accountsIn, chooseAccount } from './accounts.js';
import type { Client } from './clients.js';
import { consentPage } from './consent-page.js';
import { type Endpoint, type IdAnswer, redirect, refusal } from './id-answer.js';
import type { IdRequest } from './id-request.js';
import type { IdWorld } from './id-world.js';
import { isScope, splitScopes } from './scopes.js';

interface AuthorizeQuery {
  readonly client: Client;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
}

/** `/oauth2/authorize`: GET shows a person what is asked for, POST takes the person's answer. */
export class AuthorizeEndpoint implements Endpoint {
  constructor(private readonly world: IdWorld) {}

  handle(request: IdRequest): IdAnswer {
    if (request.method !== 'GET' && request.method !== 'POST') return refusal(404, 'not found');
    const fields = request.method === 'POST' ? request.form : request.query;
    const query = this.read(fields);
    if ('status' in query) return query;
    if (request.method === 'POST') return this.decide(query, request.form);
    if (this.world.approveAs !== undefined) return this.approve(query, this.world.approveAs);
    return this.ask(query, fields);
  }

  private read(fields: URLSearchParams): AuthorizeQuery | IdAnswer {
    const client = this.world.clients.find(fields.get('client_id'));
    if (client === undefined) return refusal(400, 'invalid client');
    const state = fields.get('state') ?? undefined;
    const redirectUri = fields.get('redirect_uri');
    const registered = client.redirectUris[0];
    if (redirectUri === null || !client.redirectUris.includes(redirectUri)) {
      const description = 'Parameter redirect_uri does not match registered URI';
      if (registered === undefined) return refusal(400, description);
      return refuse(registered, 'redirect_mismatch', description, state);
    }
    if (fields.get('response_type') !== 'code') {
      const error = 'unsupported_response_type';
      return refuse(redirectUri, error, 'Parameter response_type must be code', state);
    }
    const scopes = splitScopes(fields.get('scope'));
    const wrong = scopes.find((scope) => !isScope(scope));
    if (wrong !== undefined) {
      return refuse(redirectUri, 'invalid_scope', `invalid scope requested: '${wrong}'`, state);
    }
    return { client, redirectUri, scopes, state };
  }

  private ask(query: AuthorizeQuery, fields: URLSearchParams): IdAnswer {
    const names = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state'];
    const hidden = names.flatMap((name): [string, string][] => {
      const value = fields.get(name);
      return value === null ? [] : [[name, value]];
    });
    const accounts = accountsIn(this.world);
    const { client, scopes } = query;
    const action = '/oauth2/authorize';
    return {
      status: 200,
      html: consentPage({ clientName: client.name, scopes, accounts, action, hidden }),
    };
  }

  private decide(query: AuthorizeQuery, form: URLSearchParams): IdAnswer {
    if (form.get('decision') !== 'approve') {
      return refuse(query.redirectUri, 'access_denied', 'The user denied you access', query.state);
    }
    return this.approve(query, form.get('login') ?? '');
  }

  private approve(query: AuthorizeQuery, login: string): IdAnswer {
    const account = chooseAccount(this.world, login);
    if ('status' in account) return account;
    const { client, redirectUri, scopes, state } = query;
    const code = this.world.codes.issue({ client, account, scopes, redirectUri });
    return redirect(redirectUri, { code, scope: scopes.join(' '), state });
  }
}

function refuse(
  redirectUri: string,
  error: string,
  description: string,
  state: string | undefined,
): IdAnswer {
  return redirect(redirectUri, { error, error_description: description, state });
}
