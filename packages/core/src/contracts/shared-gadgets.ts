import type { Ballot, OutputReport } from './bot-report.js';
import type { Refusal } from './command.js';
import type { Undo } from './consumer.js';
import type { InjectionToken } from './injection.js';

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

/** A thing that can be driven, wherever its pins are: here, or on another machine. */
export interface SharedGadget {
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
  /** Verb that a value alone means, such as `color` where `purple` will do; absent where none is. */
  readonly direct?: string | undefined;
  /** Names of other gadgets that it drives. */
  readonly drives: readonly string[];
  /** How it is used, such as `lamp <on|off|blink> [count]`. */
  readonly usage: string;
  /** The machine that its pins are on; absent where they are here. */
  readonly node?: string | undefined;
  /** Why it can do nothing now, such as a machine that is away. */
  readonly away?: Refusal | undefined;
  /** What a crowd wants of it, while votes are heard. */
  readonly ballot?: Ballot | undefined;
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

/** An output of a shared gadget, as those who show it see it. */
export interface SharedOutput extends OutputReport {
  /** Id of the plugin that claimed it. */
  readonly plugin?: string | undefined;
  /** The machine that it is on; absent where it is here. */
  readonly node?: string | undefined;
  /** What drives it, such as `chardev`. */
  readonly driver?: string | undefined;
  /** Whether it may be on while the process is missing that ends it when the bot dies. */
  readonly guardian?: 'required' | 'optional' | undefined;
  /** Shortest time off before it may be on again, milliseconds. */
  readonly minOff?: number | undefined;
  readonly maxTogglesPerSecond?: number | undefined;
}

/** Gadgets that a plugin shares with the others. It says anew what it has whenever it is asked. */
export interface GadgetSource {
  readonly list: readonly SharedGadget[];
  /** Their outputs, and those of plugins that claim pins themselves. */
  readonly outputs: readonly SharedOutput[];
  find(name: string): SharedGadget | undefined;
}

/**
 * All gadgets of the bot, wherever their pins are, for whoever drives or shows them. Core provides it; the plugins
 * that have gadgets share theirs.
 */
export interface SharedGadgets {
  /** In the order in which they were shared. */
  readonly list: readonly SharedGadget[];
  readonly outputs: readonly SharedOutput[];
  /** The first of that name. */
  find(name: string): SharedGadget | undefined;
  /** Shares gadgets until the plugin stops. */
  share(source: GadgetSource): Undo;
  /** Says that gadgets of a source came or went, or that one has changed. */
  changed(): void;
  /** Calls `listener` after each such change. */
  onChange(listener: () => void): Undo;
}

/** Injection token of the {@link SharedGadgets}. */
export const SharedGadgets: InjectionToken<SharedGadgets> = Symbol.for('pertybot.SharedGadgets');
