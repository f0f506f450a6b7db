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

const user = /^@\w+$/;

const allowed = () =>
  v.pipe(
    v.string(`expected one of ${roles.join(', ')} or a user such as @alice`),
    v.check(
      (input) => user.test(input) || roles.some((role) => role === input),
      `expected one of ${roles.join(', ')} or a user such as @alice`,
    ),
  );

/** Schema of a cooldown by who waits. */
export const cooldownSchema = v.strictObject({
  user: v.optional(duration()),
  channel: v.optional(duration()),
  everyone: v.optional(duration()),
  subscriber: v.optional(duration()),
  vip: v.optional(duration()),
  moderator: v.optional(duration()),
  broadcaster: v.optional(duration()),
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
  name: v.optional(commandNameSchema()),
  aliases: v.optional(v.array(commandNameSchema())),
  about: v.optional(v.string()),
  allow: v.optional(allowSchema()),
  cooldown: v.optional(cooldownOfCommandSchema()),
  cooldownGroup: v.optional(v.string()),
  onCooldown: v.optional(v.picklist(['silent', 'once', 'always'])),
  onlyLive: v.optional(v.boolean('expected true or false')),
  enabled: v.optional(v.boolean('expected true or false')),
});

/** What the owner changed of a command; durations are milliseconds. */
export type CommandTuning = v.InferOutput<typeof commandTuningSchema>;
