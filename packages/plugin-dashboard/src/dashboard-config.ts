import { v } from '@pertybot/core';

const aPort = 'expected a port from 1 to 65535';

/** Port at which the page is looked for; where it is taken, elsewhere. */
export const usualPort = 7272;

/** Schema of the plugin's config. */
export const dashboardConfigSchema = v.optional(
  v.strictObject({
    /** @default 7272; where that is taken one of the nine after it, then any */
    port: v.optional(
      v.pipe(v.number(aPort), v.integer(aPort), v.minValue(1, aPort), v.maxValue(65_535, aPort)),
    ),
    /** Address at which it listens, such as `0.0.0.0` for the whole house. */
    host: v.optional(v.string('expected an address such as 0.0.0.0'), '127.0.0.1'),
    /** Names by which the page is called beside localhost, such as `bot.local`. */
    names: v.optional(v.array(v.string('expected a name such as bot.local')), []),
    /** Files of a certificate and its key, for https. */
    cert: v.optional(v.string('expected the path of a certificate')),
    key: v.optional(v.string('expected the path of a key')),
  }),
  {},
);

/** The plugin's config. */
export type DashboardConfig = v.InferOutput<typeof dashboardConfigSchema>;
