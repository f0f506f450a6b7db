import type { Clock, Logger, Undo, v } from '@pertybot/core';
import type { Gpio, Input, InputPinOptions, Output, OutputOptions, PwmOptions } from '../gpio.js';
import type { Gadget } from './gadget.js';
import type { Verb } from './verbs/verb.js';

/** What a kind is given to build one gadget. All that is taken through it is given back at stop. */
export interface GadgetContext {
  /** Name of the gadget in plugins.yaml. */
  readonly name: string;
  readonly gpio: Gpio;
  readonly clock: Clock;
  readonly log: Logger;
  /** Fires when the gadget stops. */
  readonly signal: AbortSignal;
  /** Claims an output that bears the gadget's name. @throws GpioError as {@link Gpio.output} */
  output(pin: string, options?: Omit<OutputOptions, 'name'>): Promise<Output>;
  /** Claims hardware PWM that bears the gadget's name. @throws GpioError as {@link Gpio.pwm} */
  pwm(pin: string, options?: Omit<PwmOptions, 'name'>): Promise<Output>;
  /** Claims an input that bears the gadget's name. @throws GpioError as {@link Gpio.input} */
  input(pin: string, options?: Omit<InputPinOptions, 'name'>): Promise<Input>;
  /**
   * Waits.
   * @throws the signal's reason when `signal` fires first
   */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Another gadget, once it is built; it may go and come back. */
  find(name: string): Gadget | undefined;
  /** Says something in chat. */
  say(text: string): Promise<unknown>;
  /** Stops everything, until the owner releases it. */
  estop(): void;
  /** Tells the bot what happened, such as `press`, as the event `gadget`. */
  emit(event: string): void;
  onStop(undo: Undo): void;
  /** Calls `halt` when everything is stopped: what goes on by itself, such as a timer, ends then. */
  onHalt(halt: () => void): void;
}

/** A built gadget. */
export interface Device {
  /** Such as `on`. */
  readonly state: string;
  /** What it can do, by name. */
  readonly verbs: Readonly<Record<string, Verb>>;
  /** Names of other gadgets that it drives. @default none */
  readonly drives?: readonly string[];
  /** Verb that a value alone means: `purple` for `color purple`, nothing for `beep`. */
  readonly direct?: string;
  /** Switches it off. @default its verb `off`; its outputs go off in any case */
  switchOff?(): Promise<unknown>;
}

/** A kind of gadget, which plugins.yaml names as `type`. */
export interface GadgetKind<Entries extends v.ObjectEntries = v.ObjectEntries> {
  /** Such as `light`. */
  readonly type: string;
  /** One line for the docs and `pertybot gadgets`. */
  readonly about: string;
  /** Valibot schemas of its keys in plugins.yaml; the keys that all gadgets have are not among them. */
  readonly entries: Entries;
  /** Whether gadgets of it can only be built when the others are. @default false */
  readonly last?: boolean;
  /** What a new verb does while another one goes on. @default 'replace' */
  readonly busy?: string;
  /**
   * The pins that a gadget of it switches, such as `GPIO17`, known before it is built. Without it
   * nobody knows them until then.
   */
  switches?(config: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>): readonly string[];
  /** Builds a gadget. */
  create(
    context: GadgetContext,
    config: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>,
  ): Promise<Device>;
}

/**
 * Defines a kind of gadget; the type of its config is inferred.
 *
 * @example
 * export const siren = defineGadget({
 *   type: 'siren',
 *   about: 'A siren that howls once',
 *   entries: { pin: pinName() },
 *   async create({ output }, { pin }) {
 *     const siren = await output(pin, { kind: 'buzzer' });
 *     return {
 *       get state() { return siren.state; },
 *       verbs: { howl: verb({ about: 'Howls', run: () => siren.on({ for: '1s' }) }) },
 *     };
 *   },
 * });
 */
export function defineGadget<const Entries extends v.ObjectEntries>(
  kind: GadgetKind<Entries>,
): GadgetKind {
  // Its types are forgotten here: `create` is only ever given what `entries` have made.
  return kind as unknown as GadgetKind;
}
