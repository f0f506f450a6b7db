import type { ChatOptions } from './chat/chat-options.js';
import type { EventSubOptions } from './eventsub/eventsub-options.js';
import type { ClientOptions } from './id/clients.js';
import type { AccountOptions } from './people.js';

/** How a simulated Twitch is set up; every part has a default that works. */
export interface TwitchSimulatorOptions {
  /** The address to listen on. @default '127.0.0.1' */
  readonly host?: string;
  /** Port of the OAuth side; 0 takes a free one. @default 0 */
  readonly idPort?: number;
  /** Port of the chat side; 0 takes a free one. @default 0 */
  readonly chatPort?: number;
  /** Port of Helix and EventSub; 0 takes a free one. @default 0 */
  readonly apiPort?: number;
  /** The registered applications. @default one: demo, secret s3cret, http://localhost:3000/ */
  readonly clients?: readonly ClientOptions[];
  /** The people who can log in. @default PertyBot */
  readonly accounts?: readonly AccountOptions[];
  /** Login of the account that every consent page approves as at once. @default a page that asks */
  readonly approveAs?: string;
  /** How long an access token lives, in seconds. @default 14400 */
  readonly tokenLifetime?: number;
  /** How often a device may ask whether it was approved, in seconds. @default 5 */
  readonly deviceInterval?: number;
  /** How long a device code lives, in seconds. @default 1800 */
  readonly deviceLifetime?: number;
  /** Milliseconds now; tests give a clock of their own to let tokens expire. @default Date.now */
  readonly now?: () => number;
  /** How the chat side behaves. */
  readonly chat?: ChatOptions;
  /** How the EventSub side behaves. */
  readonly eventSub?: EventSubOptions;
  /** Calls of Helix a minute, for one person by means of one application. @default 800 */
  readonly callsPerMinute?: number;
}
