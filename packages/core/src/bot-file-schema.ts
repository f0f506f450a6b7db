import * as v from 'valibot';
import { commandTuningSchema } from './command-tuning.js';
import { duration } from './duration.js';

/** Schema of an entry under `plugins:`. */
export const entrySchema = v.strictObject({
  use: v.pipe(v.string(), v.nonEmpty('expected a plugin such as irc or ./plugins/dice.ts')),
  id: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'expected letters, digits and dashes')),
  ),
  config: v.optional(v.unknown()),
  commands: v.optional(v.record(v.string(), commandTuningSchema)),
  enabled: v.optional(v.boolean(), true),
  startTimeout: v.optional(duration()),
});

/** Schema of plugins.yaml beside its entries. */
export const botFileSchema = v.strictObject({
  prefix: v.optional(
    v.pipe(v.string(), v.regex(/^[^\s@/.]{1,5}$/u, 'expected one to five characters, such as !')),
    '!',
  ),
  replies: v.optional(v.record(v.string(), v.string()), {}),
  plugins: v.array(v.unknown(), 'expected a list of plugins, each beginning with "- use:"'),
});
