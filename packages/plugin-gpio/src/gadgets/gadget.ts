import type { SharedGadget } from '@pertybot/core';
import type { Performed, VerbInfo } from '@pertybot/core/host';
import type { CrowdPolicy } from './crowd/crowd-policy.js';

export type { Performed, VerbInfo };

/** A thing that hangs at the pins: a lamp, a horn, a flag. */
export interface Gadget extends SharedGadget {
  /** How a crowd decides what it does, where one does. */
  readonly crowd?: CrowdPolicy | undefined;
}

/** Something happened at a gadget. */
export interface GadgetEvent {
  readonly gadget: string;
  /** Such as `light`. */
  readonly type: string;
  /** The verb that was begun, or what an input saw: `press`, `release`, `hold`. */
  readonly event: string;
  /** State after it. */
  readonly state: string;
}

declare module '@pertybot/core' {
  interface BotEvents {
    gadget: GadgetEvent;
  }
}
