import type { Refusal } from '@pertybot/core';
import type { CrowdPolicy } from './crowd/crowd-policy.js';

/** What a gadget can do, as the owner and `!help` see it. */
export interface VerbInfo {
  readonly name: string;
  readonly about: string;
  /** What may stand behind it, such as `count`. */
  readonly value?: string;
  /** What chat is told: a template, or the key of a sentence. */
  readonly reply?: string;
  /** Longest time for which one call goes on, in milliseconds; absent when it ends at once. */
  readonly lasts?: number;
  /** Whether it switches off, and so waits for nothing; absent when it does not. */
  readonly urgent?: true;
}

/** A verb that was accepted. */
export interface Performed {
  readonly refused?: undefined;
  /** A sentence that chat can be told. */
  readonly text: string;
  /** Place in the queue, 1 for the next; absent when it runs. */
  readonly place?: number;
  /** How long it takes as a whole, in milliseconds, where it goes on and that is known. */
  readonly lasts?: number;
  /** When it has ended, whatever ended it. Never rejects. */
  readonly done: Promise<void>;
}

/** How a vote about a gadget stands. */
export interface Ballot {
  readonly policy: CrowdPolicy['name'];
  /** Milliseconds until it is decided. */
  readonly closesIn: number;
  /** Viewers who voted. */
  readonly voters: number;
  /** The most wanted first. */
  readonly choices: readonly { readonly line: string; readonly votes: number }[];
}

/** A thing that hangs at the pins: a lamp, a horn, a flag. */
export interface Gadget {
  readonly name: string;
  /** Such as `light`. */
  readonly type: string;
  readonly about: string;
  /** Such as `on`, `purple` or `90°`. */
  readonly state: string;
  /** Whether a verb goes on. */
  readonly busy: boolean;
  /** Verbs that wait for their turn. */
  readonly waiting: number;
  readonly verbs: readonly VerbInfo[];
  /** Pins that it uses, such as `GPIO17`. */
  readonly pins: readonly string[];
  /** Names of other gadgets that it drives. */
  readonly drives: readonly string[];
  /** How a crowd decides what it does, where one does. */
  readonly crowd?: CrowdPolicy | undefined;
  /** What a crowd wants of it, while votes are heard. */
  readonly ballot?: Ballot | undefined;
  /** How it is used, such as `lamp <on|off|blink> [count]`. */
  readonly usage: string;
  /** Does what `action` says, such as `blink 3`; through its queue and the guard. */
  perform(action: string): Promise<Refusal | Performed>;
  /** Resolves when no verb goes on or waits, and no crowd decides. */
  idle(): Promise<void>;
  /** Ends what runs and forgets what waits. */
  stop(): Promise<void>;
  /**
   * Ends what runs, forgets what waits and switches off, whatever verbs the owner left to chat. Nothing of it
   * is waited for, and it never throws.
   */
  switchOff(): Promise<void>;
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
