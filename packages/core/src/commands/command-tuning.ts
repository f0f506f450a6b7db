import * as v from 'valibot';
import { roles } from '../contracts/chat.js';
import { duration } from '../contracts/duration.js';

const name = () => v.pipe(v.string(), v.regex(/^[^\s<>[\]]+$/u, 'expected one word, such as lamp'));

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

/** Schema of one command under `commands:` in plugins.yaml. */
export const commandTuningSchema = v.strictObject({
  name: v.optional(name()),
  aliases: v.optional(v.array(name())),
  about: v.optional(v.string()),
  allow: v.optional(
    v.union(
      [v.picklist(roles), v.array(allowed())],
      `expected one of ${roles.join(', ')}, or a list of them and of users such as @alice`,
    ),
  ),
  cooldown: v.optional(
    v.union(
      [duration(), cooldownSchema],
      'expected a duration such as 30s, or a map such as { user: 60s, everyone: 10s }',
    ),
  ),
  cooldownGroup: v.optional(v.string()),
  onCooldown: v.optional(v.picklist(['silent', 'once', 'always'])),
  enabled: v.optional(v.boolean('expected true or false')),
});

/** What the owner changed of a command; durations are milliseconds. */
export type CommandTuning = v.InferOutput<typeof commandTuningSchema>;
