import { type Refusal, refuse } from '@pertybot/core';
import type { Device } from '../gadget-kind.js';
import type { Verb } from './verb.js';

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
  const known = [...verbs.keys()];
  if (meant?.value) known.unshift(meant.value.expected);
  return refuse('gadget.verb', { text: `${gadget} takes ${known.join(', ')}.` });
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
  const takes = value ? `${value.expected}, such as "${name} ${value.example}"` : 'nothing more';
  return refuse('gadget.value', { text: `${name} takes ${takes}.` });
}
