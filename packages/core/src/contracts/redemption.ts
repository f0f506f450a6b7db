import type { ChatUser } from './chat.js';

/** A reward that a viewer has paid for. */
export interface Redemption {
  readonly id: string;
  /** Name of the reward. */
  readonly reward: string;
  /** Channel login without `#`. */
  readonly channel: string;
  readonly user: ChatUser;
  /** What the viewer typed; empty where nothing was asked for. */
  readonly text: string;
  /** When Twitch took it, milliseconds since 1970. */
  readonly redeemedAt: number;
}
