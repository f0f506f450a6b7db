import * as v from 'valibot';
import { roles } from '../contracts/chat.js';
import { duration } from '../contracts/duration.js';

/** Signs with which a name cannot begin: the prefix is said once for all commands, by the bot's owner. */
const sign = /^[\p{P}$+=~^|`]/u;

/** Whether a name of a command begins with what would be taken for the bot's prefix. */
export function hasPrefix(name: string): boolean {
  return sign.test(name) && !name.startsWith('_');
}

/** Schema of a name or alias of a command. */
export const commandNameSchema = () =>
  v.pipe(
    v.string('expected one word, such as lamp'),
    v.regex(/^[^\s<>[\]]+$/u, 'expected one word, such as lamp'),
    v.check(
      (input) => !hasPrefix(input),
      ({ input }) =>
        `expected a name without the prefix, such as ${input.replace(/^[\p{P}\p{S}]+/u, '') || 'lamp'}`,
    ),
  );

/** A role or a user, for editors too. */
const roleOrUser = new RegExp(`^(?:${roles.join('|')}|@\\w+)$`);

const allowed = () =>
  v.pipe(
    v.string(`expected one of ${roles.join(', ')} or a user such as @alice`),
    v.regex(roleOrUser, `expected one of ${roles.join(', ')} or a user such as @alice`),
  );

const pauseOf = (whom: string) =>
  described(v.optional(duration()), `How long ${whom} wait, such as 30s.`);

/** Schema of a cooldown by who waits. */
export const cooldownSchema = v.strictObject({
  user: described(v.optional(duration()), 'How long each viewer waits for himself, such as 60s.'),
  channel: described(v.optional(duration()), 'How long all of one channel wait, such as 10s.'),
  everyone: described(v.optional(duration()), 'How long all of all channels wait, such as 10s.'),
  subscriber: pauseOf('subscribers'),
  vip: pauseOf('VIPs'),
  moderator: pauseOf('moderators'),
  broadcaster: described(v.optional(duration()), 'How long the broadcaster waits, such as 0s.'),
});

/** Schema of who may run a command. */
export const allowSchema = () =>
  v.union(
    [v.picklist(roles), v.array(allowed())],
    `expected one of ${roles.join(', ')}, or a list of them and of users such as @alice`,
  );

/** Schema of a command's pauses. */
export const cooldownOfCommandSchema = () =>
  v.union(
    [duration(), cooldownSchema],
    'expected a duration such as 30s, or a map such as { user: 60s, everyone: 10s }',
  );

/** Schema of one command under `commands:` in plugins.yaml. */
export const commandTuningSchema = v.strictObject({
  name: described(v.optional(commandNameSchema()), 'Its name in chat, without the prefix.'),
  aliases: described(
    v.optional(v.array(commandNameSchema())),
    'Other names of it, such as [d, w6]; [] for none.',
  ),
  about: described(v.optional(v.string()), 'What !help says of it.'),
  allow: described(
    v.optional(allowSchema()),
    'Who may run it: a role, or a list of roles and users such as [subscriber, "@alice"].',
  ),
  cooldown: described(
    v.optional(cooldownOfCommandSchema()),
    'How long it rests after a call, such as 30s for all, or { user: 60s, everyone: 10s }.',
  ),
  cooldownGroup: described(
    v.optional(v.string()),
    'Commands with the same word here share one cooldown.',
  ),
  onCooldown: described(
    v.optional(v.picklist(['silent', 'once', 'always'])),
    'Whether chat is told that it rests: silent, once in a pause, or always.',
  ),
  onlyLive: described(
    v.optional(v.boolean('expected true or false')),
    'true closes it while the stream is offline.',
  ),
  enabled: described(
    v.optional(v.boolean('expected true or false')),
    'false takes it out of chat.',
  ),
});

/** What the owner changed of a command; durations are milliseconds. */
export type CommandTuning = v.InferOutput<typeof commandTuningSchema>;

/** A key of plugins.yaml with the words that an editor shows of it. It keeps them beside what is optional. */
export function described<Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.pipe(schema, v.description(text));
}
