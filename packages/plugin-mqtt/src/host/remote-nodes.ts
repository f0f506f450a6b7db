import type { InjectionToken, StopRecord, Undo } from '@pertybot/core';
import type { SharedOutput, VerbInfo } from '@pertybot/core/host';

/** How a node does, as the bot that sits in chat sees it. */
export interface RemoteNode {
  /** As plugins.yaml has it. */
  readonly name: string;
  /**
   * `here`: it beats, and takes wishes; `held`: it is there, and another bot holds it; `away`: nothing is heard of
   * it, or the broker is not reached; `unknown`: nothing was ever heard of it.
   */
  readonly state: 'here' | 'held' | 'away' | 'unknown';
  /** One sentence about what is wrong; absent while it is here. */
  readonly problem?: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The bot that holds it, where that is another one. */
  readonly heldBy?: string;
  /** Milliseconds since its last beat; absent where there was none. */
  readonly heardAgo?: number;
  /** Milliseconds that the last wish took to its answer. */
  readonly roundTrip?: number;
  /** Whether something is on that this bot has wished. */
  readonly isLeased: boolean;
  /** Its stop: `asked` until the node has answered, then `stopped`; `releasing` until it has answered that. */
  readonly stop?: 'asked' | 'stopped' | 'releasing';
  /** Whether the process stands that ends its outputs when its bot dies. */
  readonly isGuarded: boolean;
  /** Such as `chardev`. */
  readonly driver?: string;
  readonly gadgets: readonly RemoteGadgetInfo[];
}

/** A gadget of a node, known from what the node said of itself, now or before this bot was started. */
export interface RemoteGadgetInfo {
  /** Its name here: `lamp`, or `desk-lamp` where its node has `as: desk`. */
  readonly name: string;
  /** Its name on its node. */
  readonly ownName: string;
  readonly node: string;
  readonly type: string;
  readonly about: string;
  readonly state: string;
  readonly usage: string;
  readonly verbs: readonly VerbInfo[];
  readonly pins: readonly string[];
  readonly outputs: readonly SharedOutput[];
  /** Longest time that this bot lets it be on, milliseconds, where that is stricter than the node. */
  readonly maxOn?: number;
  /** Why it cannot be had, such as a name that is taken; absent where it can. */
  readonly problem?: string;
}

/** The nodes of plugins.yaml, and how they do, for whoever shows them. The gadgets are driven by `SharedGadgets`. */
export interface RemoteNodes {
  /** Whether the broker is reached. */
  readonly isConnected: boolean;
  /** Such as `mqtt://127.0.0.1:1883`; never with a password. */
  readonly broker: string;
  readonly engaged: StopRecord | undefined;
  readonly list: readonly RemoteNode[];
  /** Calls `listener` after each change. */
  onChange(listener: () => void): Undo;
}

/** Injection token of {@link RemoteNodes}; on a node itself its list is empty. */
export const RemoteNodes: InjectionToken<RemoteNodes> = Symbol.for('pertybot.RemoteNodes');
