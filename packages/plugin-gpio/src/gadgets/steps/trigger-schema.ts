import { v } from '@pertybot/core';
import {
  conditionEntries,
  eventFacts,
  type ReactingEvent,
  reactingEvents,
} from '@pertybot/core/host';
import { described } from '../../described.js';
import { type Step, steps } from './steps.js';

/** What an event must have, and what it then sets off. */
export interface Trigger {
  readonly do: readonly Step[];
  /** What is asked of the event, by the keys of core's table. */
  readonly [condition: string]: unknown;
}

/** Steps alone, steps with conditions, or several of these. */
type WrittenTrigger = readonly Step[] | Trigger | readonly Trigger[];

/** What events set off, checked. */
export type Triggers = Readonly<Partial<Record<ReactingEvent, WrittenTrigger>>>;

const aMap = 'expected a map such as { min: 100, do: [lamp on] }';

function trigger(event: ReactingEvent) {
  let choose: Choose | undefined;
  // Made once an event is written, or the schema is read: most bots name few of all events.
  const chosen = v.lazy((input): v.GenericSchema<unknown, unknown> => {
    choose ??= chooserFor(event);
    return choose(input);
  });
  return described(v.optional(chosen), `${eventFacts[event].about} What it sets off.`);
}

/** The schema of what is written; of all that may be written where that is undefined. */
type Choose = (input: unknown) => v.GenericSchema<unknown, unknown>;

/** Chosen by what is written, so that the fault of a step is not told as that of a map. */
function chooserFor(event: ReactingEvent): Choose {
  const alone = steps();
  const played = described(steps(), 'Steps, such as [lamp on, wait 1s].');
  const entries = { ...conditionEntries(eventFacts[event]), do: played };
  const withConditions = v.strictObject(entries, aMap);
  const several = v.pipe(v.array(withConditions, aMap), v.minLength(1, aMap));
  const any = v.union([alone, withConditions, several]);
  return (input) => {
    if (input === undefined) return any;
    if (typeof input === 'string') return alone;
    if (!Array.isArray(input)) return withConditions;
    return input.some(isMap) ? several : alone;
  };
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Schema of `on:` in the gpio config: what events of the channel set off. */
export const triggersSchema = v.optional(
  v.pipe(
    v.strictObject(Object.fromEntries(reactingEvents.map((event) => [event, trigger(event)]))),
    // The events come from a list, and their types are lost in it.
    v.transform((written) => written as Triggers),
  ),
  {},
);

/** The triggers of one event. */
export function triggersOf(written: WrittenTrigger | undefined): readonly Trigger[] {
  if (written === undefined) return [];
  if ('do' in written) return [written];
  return isListOfSteps(written) ? [{ do: written }] : written;
}

function isListOfSteps(list: readonly Step[] | readonly Trigger[]): list is readonly Step[] {
  return !list.some((each) => 'do' in each);
}
