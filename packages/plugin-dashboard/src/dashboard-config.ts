import { v } from '@pertybot/core';

const aPort = 'expected a port from 1 to 65535';

function described<Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.pipe(schema, v.description(text));
}

/** Port at which the page is looked for; where it is taken, elsewhere. */
export const usualPort = 7272;

/** Schema of the plugin's config. */
export const dashboardConfigSchema = v.optional(
  v.strictObject({
    port: described(
      v.optional(
        v.pipe(v.number(aPort), v.integer(aPort), v.minValue(1, aPort), v.maxValue(65_535, aPort)),
      ),
      'Its port; without it 7272, or one of the next nine where that is taken.',
    ),
    host: described(
      v.optional(v.string('expected an address such as 0.0.0.0'), '127.0.0.1'),
      'Address at which it listens: this machine alone, or 0.0.0.0 for the whole house.',
    ),
    names: described(
      v.optional(v.array(v.string('expected a name such as bot.local')), []),
      'Names by which it is called beside localhost, such as [bot.local].',
    ),
    cert: described(
      v.optional(v.string('expected the path of a certificate')),
      'File of a certificate, for https.',
    ),
    key: described(
      v.optional(v.string('expected the path of a key')),
      'File of the key of that certificate.',
    ),
  }),
  {},
);

/** The plugin's config. */
export type DashboardConfig = v.InferOutput<typeof dashboardConfigSchema>;
