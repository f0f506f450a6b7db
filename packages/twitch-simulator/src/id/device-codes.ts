import type { Account } from '../people.js';
import type { Client } from './clients.js';
import { opaque, userCode } from './token-text.js';

/** A device that waits for a person to approve it. */
export interface DeviceLogin {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly client: Client;
  readonly scopes: readonly string[];
  readonly diesAt: number;
  state: 'pending' | 'denied' | 'used' | { readonly approvedAs: Account };
  polledAt: number | undefined;
}

/** The device logins, by the device's code and by the person's. */
export class DeviceCodes {
  private readonly byDevice = new Map<string, DeviceLogin>();
  private readonly byUser = new Map<string, DeviceLogin>();

  /** @param lifetime seconds */
  constructor(
    private readonly now: () => number,
    readonly lifetime: number,
  ) {}

  /** Starts a device login. */
  issue(client: Client, scopes: readonly string[]): DeviceLogin {
    const login: DeviceLogin = {
      deviceCode: opaque(40),
      userCode: userCode(),
      client,
      scopes,
      diesAt: this.now() + this.lifetime * 1000,
      state: 'pending',
      polledAt: undefined,
    };
    this.byDevice.set(login.deviceCode, login);
    this.byUser.set(login.userCode, login);
    return login;
  }

  /** The login that the device's own code names, unless it has expired. */
  byDeviceCode(deviceCode: string): DeviceLogin | undefined {
    return this.living(this.byDevice.get(deviceCode));
  }

  /** The login that a person's code names, unless it has expired. Case and dashes do not matter. */
  byUserCode(code: string): DeviceLogin | undefined {
    return this.living(this.byUser.get(code.replace(/[^a-z]/gi, '').toUpperCase()));
  }

  private living(login: DeviceLogin | undefined): DeviceLogin | undefined {
    return login !== undefined && login.diesAt > this.now() ? login : undefined;
  }
}
