import { v } from '@pertybot/core';
import { firstPartyPlugins, placeOf } from '@pertybot/core/host';
import type { FaultEvent } from './dev-event.js';

const errorLine = v.object({
  level: v.picklist(['error', 'warn']),
  message: v.string(),
  plugin: v.optional(v.string()),
  error: v.optional(v.object({ stack: v.optional(v.string()), hint: v.optional(v.string()) })),
});

/**
 * What a line of the JSON log says of a fault, for whoever reads only what the bot does.
 * @param folder of the bot, from where places are named
 * @returns undefined of what is none, and of a plugin that failed, which is an event of its own
 */
export function faultOf(line: string, folder: string): FaultEvent | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), errorLine), line);
  if (!parsed.success) return undefined;
  const { level, message, plugin, error } = parsed.output;
  // What ours warn of is of the day, such as a stop that holds; what another's code is warned of is for its author.
  if (level === 'warn' && (plugin === undefined || firstPartyPlugins.includes(plugin)))
    return undefined;
  if (plugin !== undefined && message.startsWith(`The plugin "${plugin}" failed: `))
    return undefined;
  const place = placeOf(error, folder);
  const hint = error?.hint;
  return {
    type: 'fault',
    message: level === 'warn' ? `${plugin}: ${message}` : message,
    ...(place !== undefined && { place }),
    ...(hint !== undefined && { hint }),
  };
}
