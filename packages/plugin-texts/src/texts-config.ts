import { duration, isReservedCommand, reservedReason, v } from '@pertybot/core';
import { eventTextsSchema } from './event-texts.js';
import { template } from './template-schema.js';

const aCount = 'expected a number such as 10 messages';

const messageCount = () =>
  v.pipe(
    v.union(
      [
        v.pipe(v.number(), v.integer(aCount), v.minValue(0, aCount)),
        v.pipe(v.string(), v.regex(/^\d+( messages?)?$/, aCount)),
      ],
      aCount,
    ),
    v.transform((input) => Number.parseInt(String(input), 10)),
    v.number(),
  );

const commandName = () =>
  v.pipe(
    v.string(),
    v.regex(/^[^\s<>[\]]+$/u, 'expected one word'),
    v.check(
      (name) => /^(?:_|[^\p{P}$+=~^|`])/u.test(name),
      'expected a name without the prefix, which is said once for all commands',
    ),
    v.check(
      (name) => !isReservedCommand(name),
      `expected another name: this one ${reservedReason}`,
    ),
  );

function described<Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.pipe(schema, v.description(text));
}

/** Schema of the texts plugin's config. */
export const textsConfigSchema = v.strictObject({
  commands: described(
    v.optional(v.record(commandName(), template()), {}),
    'Texts by the command that they answer, such as hello: "Hello {user}!".',
  ),
  events: described(
    v.optional(eventTextsSchema, {}),
    'What is said when something happens on the channel.',
  ),
  timers: described(
    v.optional(
      v.array(
        v.strictObject({
          every: described(
            v.pipe(duration(), v.minValue(10_000, 'expected at least 10s')),
            'How often it is said, such as 15m.',
          ),
          after: described(
            v.optional(messageCount(), 0),
            'How many lines of chat there must be in between, such as 10 messages.',
          ),
          say: described(template(), 'What is said.'),
        }),
      ),
      [],
    ),
    'What is said again and again.',
  ),
});

/** The texts plugin's config, durations in milliseconds. */
export type TextsConfig = v.InferOutput<typeof textsConfigSchema>;
