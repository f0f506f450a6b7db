import type { People } from '../people.js';
import type { AuthorizationCodes } from './authorization-codes.js';
import type { Clients } from './clients.js';
import type { DeviceCodes } from './device-codes.js';
import type { Grants } from './grants.js';

/** All that the endpoints of the OAuth side share. */
export interface IdWorld {
  readonly people: People;
  /** Logins of those who can be chosen on the consent page. */
  accounts: readonly string[];
  readonly clients: Clients;
  readonly grants: Grants;
  readonly codes: AuthorizationCodes;
  readonly devices: DeviceCodes;
  readonly now: () => number;
  /** Seconds. */
  readonly tokenLifetime: number;
  /** Seconds. */
  readonly deviceInterval: number;
  /** Whom consent pages approve as without asking. */
  approveAs: string | undefined;
  /** Where this side is reached, such as `http://127.0.0.1:4000`. */
  origin: string;
}
