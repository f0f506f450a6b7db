import * as v from 'valibot';
import { roles } from '../contracts/chat.js';
import { CommandError, type CommandOptions } from '../contracts/command.js';
import { nearest } from '../contracts/nearest.js';
import {
  allowSchema,
  commandNameSchema,
  cooldownOfCommandSchema,
  cooldownSchema,
} from './command-tuning.js';

const text = () => v.string('expected a text in quotes');

/** What {@link CommandOptions} may say. An author in JavaScript is told of nothing by an editor. */
const schema = v.strictObject({
  about: v.optional(text()),
  aliases: v.optional(v.array(commandNameSchema(), 'expected a list such as ["light"]')),
  allow: v.optional(allowSchema()),
  cooldown: v.optional(cooldownOfCommandSchema()),
  cooldownGroup: v.optional(text()),
  onCooldown: v.optional(
    v.picklist(['silent', 'once', 'always'], 'expected one of silent, once, always'),
  ),
  example: v.optional(text()),
  urgent: v.optional(
    v.union(
      [v.literal(true), v.array(v.string())],
      'expected true, or a list of words such as ["off"]',
    ),
  ),
  onlyLive: v.optional(v.boolean('expected true or false')),
  away: v.optional(v.function('expected a function')),
  types: v.optional(
    v.record(v.string(), v.function('expected a function that reads a word'), 'expected a map'),
  ),
});

/** The commonest thing to write: how one looks that is right. */
const rightOne =
  'command("hi", { about: "Says hi", allow: "moderator" }, ({ reply }) => reply("Hi!"))';

/**
 * Checks what a plugin's author says of a command, with the care that plugins.yaml gets: a role that nobody
 * has would let everybody in.
 * @throws CommandError COMMAND_OPTIONS_INVALID that names each fault
 */
export function checkCommandOptions(
  plugin: string,
  signature: string,
  options: unknown,
): asserts options is CommandOptions<never> {
  const faults = describeFaults(schema, options);
  if (faults.length === 0) return;
  throw new CommandError(
    'COMMAND_OPTIONS_INVALID',
    `The options of the command "${signature}" of the plugin "${plugin}" are wrong: ${faults.join('; ')}.`,
    { hint: `Write, for example: ${rightOne}` },
  );
}

/** A schema of options, which knows each of its keys. */
type OptionsSchema = v.GenericSchema & { readonly entries: object };

/** What is wrong with options, a phrase for each fault; none where they are right. */
export function describeFaults(schema: OptionsSchema, options: unknown): readonly string[] {
  const unknown = unknownKeys(options, Object.keys(schema.entries));
  const result = v.safeParse(schema, options);
  if (result.success) return [];
  const wrong = result.issues.filter((issue) => !isUnknownKey(issue)).map(describe);
  return [...unknown, ...wrong];
}

/** All of them: a schema tells of the first alone. */
function unknownKeys(value: unknown, known: readonly string[]): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Object.keys(value).filter((key) => !known.includes(key));
  return keys.map((key) => {
    const meant = nearest(key, known);
    return meant === undefined
      ? `there is no option "${key}" (there are ${known.join(', ')})`
      : `there is no option "${key}", did you mean "${meant}"?`;
  });
}

function isUnknownKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'the options';
  if (path === 'cooldown') {
    const unknown = unknownKeys(issue.input, Object.keys(cooldownSchema.entries));
    if (unknown.length > 0) return `${path}: ${unknown.join('; ')}`;
  }
  const { input, message } = issue;
  const words = path.startsWith('allow') ? [input].flat() : [];
  const meant = words
    .map((word) => (typeof word === 'string' && !isRole(word) ? guessRole(word) : undefined))
    .find((guess) => guess !== undefined);
  const said = typeof input === 'string' ? `, not "${input}"` : '';
  return `${path}: ${message}${said}${meant === undefined ? '' : `, did you mean "${meant}"?`}`;
}

/** Short names are none of a misspelling, and the commonest of all. */
function guessRole(word: string): string | undefined {
  const singular = word.toLowerCase().replace(/s$/, '');
  const short = singular.length < 3 ? undefined : roles.find((role) => role.startsWith(singular));
  return short ?? nearest(word, roles);
}

function isRole(word: string): boolean {
  return roles.some((role) => role === word);
}
