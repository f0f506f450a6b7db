import type { Chat } from '../../contracts/chat.js';
import type { Clock } from '../../contracts/clock.js';
import type { Refusal } from '../../contracts/command.js';
import type { Replies } from '../../contracts/replies.js';
import type { Attribution } from '../../events/attribution.js';
import type { EventHub, OnFault } from '../../events/event-hub.js';
import type { KnownUsers } from '../allow.js';
import type { CommandRegistry } from '../command-registry.js';
import type { LiveStreams } from '../live-streams.js';
import type { Approvals } from './approvals.js';
import type { RewardRegistry } from './reward-registry.js';

/** What the redeemer stands on. */
export interface RedeemerOptions {
  readonly rewards: RewardRegistry;
  readonly commands: CommandRegistry;
  readonly approvals: Approvals;
  readonly known: KnownUsers;
  readonly live: LiveStreams;
  readonly events: EventHub;
  readonly clock: Clock;
  readonly onFault: OnFault;
  readonly chat: () => Chat | undefined;
  readonly replies: () => Replies;
  /** Why nothing may run now; undefined when the bot is ready. */
  readonly unready: () => 'starting' | 'stopping' | undefined;
  /** Why what failed too often may not run now. */
  readonly rests: (attribution: Attribution) => Refusal | undefined;
  /** Who stopped everything, as long as it is. */
  readonly stopped: () => boolean;
  /** How often everything was stopped. */
  readonly stops: () => number;
}
