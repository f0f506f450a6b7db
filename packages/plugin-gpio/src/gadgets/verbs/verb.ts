import type { Refusal } from '@pertybot/core';
import type { VerbInfo } from '../gadget.js';
import type { VerbValue } from './verb-value.js';

/** A verb that goes on after it was accepted: the gadget is busy until `rest` is done. */
export interface Ongoing {
  /** How long it takes as a whole, in milliseconds; absent where nobody knows. */
  readonly lasts?: number | undefined;
  readonly rest: Promise<unknown>;
}

/**
 * What became of a verb: a refusal that chat can be told, something that goes on, or nothing more
 * to say.
 */
export type VerbResult = Refusal | Ongoing | undefined;

/** What a verb is run with. */
export interface VerbCall<Value = unknown> {
  /** Undefined when none was given. */
  readonly value: Value | undefined;
  /** Fires when the verb should end: something else is wanted, or everything stops. */
  readonly signal: AbortSignal;
}

/** Something that a gadget can do, such as `blink`. */
export interface Verb {
  /** One line for the docs and `pertybot gadgets`. */
  readonly about: string;
  readonly value?: VerbValue;
  /**
   * What chat is told, with `{gadget}`, `{state}`, `{value}` and `{times}`; or the key of a sentence that the plugin
   * declares in `replies`. The owner may reword it.
   * @default '{gadget} is {state}'
   */
  readonly reply?: string;
  /**
   * Longest time for which one call goes on, in milliseconds, after which its outputs are off.
   * @default until what it switched on is switched off
   */
  readonly lasts?: number;
  /**
   * Switches off: ends what runs, and waits neither for that nor in any queue. For `off` and `stop`.
   * @default false
   */
  readonly urgent?: boolean;
  run(call: VerbCall): Promise<VerbResult>;
}

/** A {@link Verb} whose value has a type. */
export interface TypedVerb<Value> extends Omit<Verb, 'value' | 'run'> {
  readonly value?: VerbValue<Value>;
  run(call: VerbCall<Value>): Promise<VerbResult>;
}

/**
 * Defines a verb; the value's type is inferred.
 *
 * @example
 * verb({ about: 'Blinks', value: count(1, 20), run: ({ value = 3 }) => blink(value) })
 */
export function verb<Value = never>(definition: TypedVerb<Value>): Verb {
  // Its type is forgotten here: `run` is only ever given what `value.parse` has made.
  return definition as Verb;
}

/** What is told of a verb. */
export function describeVerb([name, verb]: readonly [string, Verb]): VerbInfo {
  const { about, value, reply, lasts, urgent } = verb;
  return {
    name,
    about,
    ...(value ? { value: value.name } : {}),
    ...(reply === undefined ? {} : { reply }),
    ...(lasts === undefined ? {} : { lasts }),
    ...(urgent ? { urgent } : {}),
  };
}

/** Whether a verb goes on. */
export function isOngoing(result: VerbResult): result is Ongoing {
  return result !== undefined && 'rest' in result;
}
