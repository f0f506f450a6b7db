import type { EventHub, Listener, Undo } from '../event-hub.js';
import type { Account, AccountOptions } from '../people.js';
import { SimulatorError } from '../simulator-error.js';
import type { Client, ClientOptions } from './clients.js';
import type { DeviceLogin } from './device-codes.js';
import type { AccessRecord, Grant } from './grants.js';
import type { IdEvents, RecordedRequest } from './id-events.js';
import type { IdFaults } from './id-faults.js';
import type { IdServer } from './id-server.js';
import type { IdWorld } from './id-world.js';

/** What {@link TwitchId.issueToken} makes a grant from. */
export interface IssueTokenOptions {
  /** Login of one of the accounts. */
  readonly login: string;
  /** @default ['chat:read', 'chat:edit'] */
  readonly scopes?: readonly string[];
  /** @default the first registered client */
  readonly clientId?: string;
  /** Seconds; null never expires. @default the simulator's `tokenLifetime` */
  readonly expiresIn?: number | null;
}

/** A pair of tokens. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** What the simulated Twitch knows of a token. */
export interface TokenDescription {
  readonly kind: 'access' | 'refresh';
  /** Whether it works now. */
  readonly live: boolean;
  readonly clientId: string;
  /** Whose it is; undefined for an app token. */
  readonly login: string | undefined;
  readonly scopes: readonly string[];
}

/** The OAuth side of the simulated Twitch, as tests and `pertybot dev` steer it. */
export class TwitchId {
  /** Lets chosen answers go wrong. */
  readonly faults: IdFaults;

  constructor(
    private readonly world: IdWorld,
    private readonly server: IdServer,
  ) {
    this.faults = server.faults;
  }

  /** Every request so far, oldest first (the last few thousand). */
  get requests(): readonly RecordedRequest[] {
    return this.server.log.all;
  }

  /** Calls `listener` on each `request` (with all its values) or `answer`; returns the undo. */
  on<Name extends keyof IdEvents>(event: Name, listener: Listener<IdEvents[Name]>): Undo {
    return this.server.hub.on(event, listener);
  }

  /** The next `request` or `answer` that `accept` takes. @see EventHub.waitFor */
  waitFor: EventHub<IdEvents>['waitFor'] = (event, accept, timeout) =>
    this.server.hub.waitFor(event, accept, timeout);

  /** Whom consent pages approve as from now on; undefined lets them ask. */
  approveAs(login: string | undefined): void {
    this.world.approveAs = login === undefined ? undefined : this.account(login).login;
  }

  /** Adds a person who can log in, or renames one. */
  addAccount(options: AccountOptions): Account {
    const account = this.world.people.someone(options);
    this.world.accounts = [...new Set([...this.world.accounts, account.login])];
    return account;
  }

  /** Registers an application, or changes one (its secret, its redirect URIs). */
  addClient(options: ClientOptions): void {
    this.world.clients.add(options);
  }

  /** Deletes an application; its tokens go with it. */
  removeClient(id: string): void {
    this.world.clients.remove(id);
    this.world.grants.killAllOf(id);
  }

  /** Makes tokens without any login page. */
  issueToken(options: IssueTokenOptions): IssuedTokens {
    const account = this.account(options.login);
    const client = this.client(options.clientId);
    const scopes = options.scopes ?? ['chat:read', 'chat:edit'];
    const lifetime = options.expiresIn ?? undefined;
    const record = this.world.grants.open({
      client,
      account,
      scopes,
      lifetime: options.expiresIn === undefined ? this.world.tokenLifetime : lifetime,
    });
    return { accessToken: record.token, refreshToken: record.grant.refreshToken ?? '' };
  }

  /** The access token stops working, as after a revocation. */
  revoke(accessToken: string): void {
    this.accessRecord(accessToken).dead = true;
  }

  /** The access token has expired now. */
  expire(accessToken: string): void {
    this.accessRecord(accessToken).expiresAt = this.world.now();
  }

  /** The person disconnects the application: the refresh token and its access tokens are dead. */
  killGrant(refreshToken: string): void {
    this.world.grants.kill(this.grantRecord(refreshToken));
  }

  /** What is known of an access or refresh token; nothing if it never was one. */
  describe(token: string): TokenDescription | undefined {
    const access = this.world.grants.known(token);
    if (access !== undefined) {
      return description('access', this.world.grants.live(token) !== undefined, access.grant);
    }
    const grant = this.world.grants.grantOf(token);
    if (grant === undefined) return undefined;
    return description('refresh', this.world.grants.liveGrant(token) !== undefined, grant);
  }

  /** A person lets the device with this user code in. @param who defaults to the first account */
  approveDevice(userCode: string, who: { readonly as?: string } = {}): void {
    const account = this.account(who.as ?? this.world.approveAs ?? this.world.accounts[0] ?? '');
    this.device(userCode).state = { approvedAs: account };
  }

  /** A person turns the device with this user code away. */
  denyDevice(userCode: string): void {
    this.device(userCode).state = 'denied';
  }

  private account(login: string): Account {
    const account = this.world.people.find(login);
    if (account !== undefined && this.world.accounts.includes(account.login)) return account;
    throw new SimulatorError('SIMULATOR_ACCOUNT_UNKNOWN', `There is no account "${login}".`, {
      hint: `Known accounts: ${this.world.accounts.join(', ')}.`,
    });
  }

  private client(id: string | undefined): Client {
    const client = id === undefined ? this.world.clients.all[0] : this.world.clients.find(id);
    if (client !== undefined) return client;
    throw new SimulatorError('SIMULATOR_CLIENT_UNKNOWN', `There is no client "${id ?? ''}".`, {
      hint: 'Give it in clients, or call addClient first.',
    });
  }

  private accessRecord(token: string): AccessRecord {
    const record = this.world.grants.known(token);
    if (record !== undefined) return record;
    throw new SimulatorError('SIMULATOR_TOKEN_UNKNOWN', 'That access token was never issued.');
  }

  private grantRecord(token: string): Grant {
    const grant = this.world.grants.grantOf(token);
    if (grant !== undefined) return grant;
    throw new SimulatorError('SIMULATOR_TOKEN_UNKNOWN', 'That refresh token was never issued.');
  }

  private device(userCode: string): DeviceLogin {
    const login = this.world.devices.byUserCode(userCode);
    if (login !== undefined) return login;
    throw new SimulatorError('SIMULATOR_DEVICE_UNKNOWN', `No device waits with "${userCode}".`);
  }
}

function description(kind: 'access' | 'refresh', live: boolean, grant: Grant): TokenDescription {
  const { client, account, scopes } = grant;
  return { kind, live, clientId: client.id, login: account?.login, scopes };
}
