import type { UpgradeFault } from '../chat/chat-faults.js';
import { ScriptedFaults } from '../scripted-faults.js';

/** How a session is asked to move. */
export interface ReconnectOptions {
  /** Milliseconds until the old socket is closed with 4004. @default `reconnectWithin` */
  readonly within?: number;
  /** `bad` sends an address that leads to 4007. @default 'good' */
  readonly url?: 'good' | 'bad';
}

/** How a notification goes wrong. Several fields may be given together. */
export interface NotificationFault {
  /** How many more copies with the same id follow. */
  readonly duplicate?: number;
  /** Sends a copy over the old socket too, while a session moves. */
  readonly bothSockets?: boolean;
  /** Milliseconds by which it is late. */
  readonly delay?: number;
  /** It never arrives. */
  readonly lost?: boolean;
  /** Fields to add to the event, or to change. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** How a welcome goes wrong. */
export interface WelcomeFault {
  /** Milliseconds by which it is late. */
  readonly delay?: number;
  /** It never comes. */
  readonly never?: boolean;
}

/** What can be planned for the EventSub side, by name. */
export interface EventSubFaultKinds {
  notification: NotificationFault;
  welcome: WelcomeFault;
  upgrade: UpgradeFault;
}

/** Why Twitch takes a subscription back. */
export type RevocationReason =
  | 'authorization_revoked'
  | 'user_removed'
  | 'version_removed'
  | 'moderator_removed'
  | 'beta_maintenance'
  | 'conduit_deleted'
  | (string & {});

/** The plans of {@link EventSubFaults}. */
export class EventSubScripts {
  readonly notification = new ScriptedFaults<'notification', NotificationFault>();
  readonly welcome = new ScriptedFaults<'welcome', WelcomeFault>();
  readonly upgrade = new ScriptedFaults<'upgrade', UpgradeFault>();
  /** Milliseconds by which timestamps are ahead of the truth. */
  clockSkew = 0;
  keepalives = true;
}
