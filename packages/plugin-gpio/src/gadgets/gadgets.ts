import type { InjectionToken, Undo } from '@pertybot/core';
import type { Gadget } from './gadget.js';
import type { GadgetKind } from './gadget-kind.js';

/** A kind of gadget that plugins.yaml can name. */
export interface BroughtKind {
  readonly type: string;
  /** Id of the plugin that brought it; undefined for those of the gpio plugin itself. */
  readonly plugin: string | undefined;
}

/** The gadgets of the bot. A plugin may drive them, and bring kinds that plugins.yaml can name. */
export interface Gadgets {
  /** All that are built, in the order of plugins.yaml. */
  readonly list: readonly Gadget[];
  /** Names of gadgets whose type no plugin has brought yet, and that type. */
  readonly missing: readonly { readonly name: string; readonly type: string }[];
  /** All kinds that plugins.yaml can name now. */
  readonly kinds: readonly BroughtKind[];
  find(name: string): Gadget | undefined;
  /**
   * Brings a kind, and builds the gadgets that wait for it. They go when the plugin stops.
   * @throws GadgetError when the type is taken or a gadget of it is wrong
   */
  define(kind: GadgetKind): Promise<Undo>;
  /** Ends what runs in every gadget, what events and buttons set off, votes and queues. */
  stop(): Promise<void>;
}

/** Injection token of {@link Gadgets}. */
export const Gadgets: InjectionToken<Gadgets> = Symbol.for('pertybot.Gadgets');
