import { type Refusal, type ReplyValue } from '@pertybot/core';
import { refuseWith } from '../../refuse-with.js';
import type { Device } from '../gadget-kind.js';
import type { Verb } from './verb.js';
import type { VerbValue } from './verb-value.js';

/** A verb and its value, ready to be run. */
export interface Action {
  readonly name: string;
  readonly verb: Verb;
  /** Undefined when none was given. */
  readonly value: unknown;
  /** The value as it was written. */
  readonly text: string;
}

/** What is needed to read an action: the verbs that the owner left, and whose they are. */
export interface VerbTable {
  readonly gadget: string;
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly direct: Device['direct'];
}

/**
 * Reads an action such as `blink 3`, `purple` or nothing at all.
 * @returns the action, or a refusal that says what is expected
 */
export function readAction(line: string, { gadget, verbs, direct }: VerbTable): Action | Refusal {
  const text = line.trim();
  const [first = ''] = text.split(/\s+/, 1);
  const named = verbs.get(first.toLowerCase());
  if (named) return withValue(first.toLowerCase(), named, text.slice(first.length).trim());
  const meant = direct === undefined ? undefined : verbs.get(direct);
  if (direct !== undefined && meant) {
    const action = withValue(direct, meant, text);
    const known = action !== undefined && 'verb' in action;
    if (known || verbs.size === 1) return action;
  }
  const known = [...verbs.keys()].join(', ');
  const expected = meant?.value && expectedOf(meant.value);
  const either: ReplyValue =
    expected === undefined ? known : { reply: 'verbs.or', values: { expected, verbs: known } };
  return refuseWith('gadget.verb', { gadget, verbs: either });
}

function withValue(name: string, verb: Verb, text: string): Action | Refusal {
  const { value } = verb;
  if (text === '') {
    if (value?.required) return refuseValue(name, verb);
    return { name, verb, value: undefined, text };
  }
  const parsed = value?.parse(text);
  return parsed === undefined ? refuseValue(name, verb) : { name, verb, value: parsed, text };
}

function refuseValue(name: string, { value }: Verb): Refusal {
  if (value === undefined) return refuseWith('gadget.noValue', { verb: name });
  const { example } = value;
  return refuseWith('gadget.value', { verb: name, expected: expectedOf(value), example });
}

function expectedOf({ expected, expects }: VerbValue): ReplyValue {
  return expects ?? expected;
}
