import type { AccessTokens, Account, Clock, Logger } from '@pertybot/core';
import type WebSocket from 'ws';
import type { HelixApi } from '../helix/helix-api.js';
import type { ChannelIds } from './channel-ids.js';
import type { Notification } from './frame.js';
import type { WantedSubscription } from './wanted-subscription.js';

/** Where a session is: `idle` where nothing is wanted, or nothing can be had; `login` while somebody must log in. */
export type SessionState =
  | 'idle'
  | 'login'
  | 'connecting'
  | 'subscribing'
  | 'live'
  | 'moving'
  | 'waiting';

/** What an {@link AccountSession} works with. */
export interface AccountSessionOptions {
  readonly account: Account;
  readonly tokens: AccessTokens;
  readonly api: HelixApi;
  readonly ids: ChannelIds;
  /** Where EventSub is. */
  readonly url: string;
  /** What connects to it. */
  readonly webSocket: typeof WebSocket;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told of each notification, with what it is of; undefined where nobody wants it. */
  readonly hear: (notification: Notification, wanted: WantedSubscription | undefined) => void;
  readonly changed: () => void;
  /**
   * Told when all that can be had is there.
   * @param gap milliseconds since the time before; undefined the first time, and where single events did not come
   */
  readonly live: (channels: readonly string[], gap: number | undefined) => void;
}
