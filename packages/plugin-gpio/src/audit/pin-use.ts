import { v } from '@pertybot/core';
import { actorSchema } from './actor.js';

/** How long what was switched is remembered, milliseconds. */
export const auditAge = 30 * 24 * 3_600_000;

/** How many uses of pins are remembered. */
export const auditLength = 10_000;

/** One use of a pin: it was switched on, and perhaps off again. */
export const pinUseSchema = v.object({
  /** When it was switched on; an ISO time. */
  at: v.string(),
  pin: v.string(),
  gadget: v.string(),
  by: actorSchema,
  dryRun: v.optional(v.boolean()),
  /** How often it was switched on, when it blinked. */
  times: v.optional(v.number()),
  /** How long it was on in all, milliseconds; absent as long as it is. */
  onFor: v.optional(v.number()),
  /** Who or what switched it off. */
  end: v.optional(actorSchema),
});

/** One use of a pin. */
export type PinUse = v.InferOutput<typeof pinUseSchema>;

/** The first line of each run: whatever was on before is so no longer. */
export const beginSchema = v.object({ begin: v.string() });

/** Names of the files of a gpio plugin in the state folder: the newer one, and the one before. */
export function auditFilesOf(plugin: string): { readonly newer: string; readonly older: string } {
  const name = plugin === 'gpio' ? 'pins' : `pins-${plugin}`;
  return { newer: `${name}.log`, older: `${name}.1.log` };
}

/** Whether a file of the state folder is one of those, of whatever plugin. */
export function isAuditFile(name: string): boolean {
  return /^pins(?:-[a-z0-9-]+)?(?:\.1)?\.log$/.test(name);
}
