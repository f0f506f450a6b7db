import { duration, isReservedCommand, reservedReason, v } from '@pertybot/core';
import { eventTextsSchema } from './event-texts.js';
import { template } from './template-schema.js';

const messageCount = () =>
  v.pipe(
    v.union([v.number(), v.string()], 'expected a number such as 10 messages'),
    v.check(
      (input) => /^\d+( messages?)?$/.test(String(input)),
      'expected a number such as 10 messages',
    ),
    v.transform((input) => Number.parseInt(String(input), 10)),
    v.number(),
  );

const commandName = () =>
  v.pipe(
    v.string(),
    v.regex(/^[^\s<>[\]]+$/u, 'expected one word'),
    v.check(
      (name) => !isReservedCommand(name),
      `expected another name: this one ${reservedReason}`,
    ),
  );

/** Schema of the texts plugin's config. */
export const textsConfigSchema = v.strictObject({
  /** Text by command name. */
  commands: v.optional(v.record(commandName(), template()), {}),
  /** What is said when something happens on the channel. */
  events: v.pipe(
    v.optional(eventTextsSchema, {}),
    v.description('What is said when something happens on the channel.'),
  ),
  /** What is said again and again. */
  timers: v.optional(
    v.array(
      v.strictObject({
        every: v.pipe(duration(), v.minValue(10_000, 'expected at least 10s')),
        after: v.optional(messageCount(), 0),
        say: template(),
      }),
    ),
    [],
  ),
});

/** The texts plugin's config, durations in milliseconds. */
export type TextsConfig = v.InferOutput<typeof textsConfigSchema>;
