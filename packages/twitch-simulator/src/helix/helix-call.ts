import type { IncomingHttpHeaders } from 'node:http';
import type { Client } from '../id/clients.js';
import type { Account } from '../people.js';
import type { HelixAnswer } from './helix-answer.js';

/** Who calls: an application, and the person for whom it does. */
export interface Caller {
  readonly client: Client;
  /** None for an app token. */
  readonly account: Account | undefined;
  readonly scopes: readonly string[];
}

/** A request to Helix, read in full. */
export interface HelixRequest {
  readonly method: string;
  /** Below `helix/`, such as `channel_points/custom_rewards`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request whose token is good for it. */
export interface HelixCall {
  readonly caller: Caller;
  /** The person whose token it is; of an app token, nobody who has an id. */
  readonly user: Account;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A call that Helix knows, and what is checked before it is made. */
export interface Route {
  /** One of them is needed. @default none */
  readonly scopes?: readonly string[];
  /** The parameter of the query or the body that must be the token's own user. */
  readonly own?: string;
  /** Whether an app token will do. @default false */
  readonly app?: boolean;
  /** Which bucket it draws from. @default 'helix' */
  readonly bucket?: 'helix' | 'chat';
  handle(call: HelixCall): HelixAnswer;
}

/** Calls by method and path, such as `GET users`. */
export type Routes = Readonly<Record<string, Route>>;
