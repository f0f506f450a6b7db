import { duration, v } from '@pertybot/core';
import {
  conditionEntries,
  eventFacts,
  type ReactingEvent,
  reactingEvents,
} from '@pertybot/core/host';
import { template } from './template-schema.js';

/** A text of an event, and what is asked of the event. */
export interface EventText {
  readonly text: string;
  /** Shortest time between two, milliseconds. */
  readonly pause: number;
  /** What is asked, by the keys of core's table. */
  readonly [condition: string]: unknown;
}

/** One text, one with conditions, or several of these. */
type WrittenTexts = string | EventText | readonly (string | EventText)[];

/** Texts by event, checked. */
export type EventTexts = Readonly<Partial<Record<ReactingEvent, WrittenTexts>>>;

/** Milliseconds: a raid of followers is a line or two. */
const usualPause = 10_000;

const aText = 'expected a text, or a map such as { min: 100, text: "Thanks, {user}!" }';

/** Names in braces of an event's text. */
export function eventNames(event: ReactingEvent): readonly string[] {
  return [...new Set([...Object.keys(eventFacts[event].values), 'channel', 'count'])];
}

function textsFor(event: ReactingEvent) {
  let choose: Choose | undefined;
  // Made once somebody writes a text for it, or the schema is read: most bots name few of all events.
  const chosen = v.lazy((input): v.GenericSchema<unknown, unknown> => {
    choose ??= chooserFor(event);
    return choose(input);
  });
  return v.pipe(v.optional(chosen), v.description(`${eventFacts[event].about} What is said then.`));
}

/** The schema of what is written; of all that may be written where that is undefined. */
type Choose = (input: unknown) => v.GenericSchema<unknown, unknown>;

function chooserFor(event: ReactingEvent): Choose {
  const text = template(eventNames(event));
  const withConditions = v.strictObject(
    {
      ...conditionEntries(eventFacts[event]),
      text: v.pipe(text, v.description('What is said.')),
      pause: v.pipe(
        v.optional(duration(), usualPause),
        v.description('Shortest time between two; who comes meanwhile is greeted together.'),
      ),
    },
    aText,
  );
  const one = v.lazy((input): v.GenericSchema<unknown, unknown> => {
    if (input === undefined) return v.union([text, withConditions]);
    return typeof input === 'string' ? text : withConditions;
  });
  const several = v.pipe(v.array(one, aText), v.minLength(1, aText));
  return (input) => {
    if (input === undefined) return v.union([text, withConditions, several]);
    return Array.isArray(input) ? several : one;
  };
}

/** Schema of `events:` in the texts config. */
export const eventTextsSchema = v.pipe(
  v.strictObject(Object.fromEntries(reactingEvents.map((event) => [event, textsFor(event)]))),
  // The events come from a list, and their types are lost in it.
  v.transform((written) => written as EventTexts),
);

/** The texts of one event. */
export function textsOf(written: WrittenTexts | undefined): readonly EventText[] {
  if (written === undefined) return [];
  const list = typeof written === 'string' || 'text' in written ? [written] : written;
  return list.map((each) => (typeof each === 'string' ? { text: each, pause: usualPause } : each));
}
