import type { Clock, Logger, Undo } from '@pertybot/core';
import type { GadgetConfig } from '../config/gadget-config.js';
import { gadgetFaults } from '../config/gadget-faults.js';
import type { Gadgets } from '../gadgets.js';

/** How long other plugins may take to bring their kinds, milliseconds. */
const patience = 5_000;

/**
 * Says, once all plugins have had their time, which gadgets have a type that none brings: who misspells one has a gadget
 * that no word of chat reaches.
 */
export function tellMissingTypes(
  gadgets: Pick<Gadgets, 'missing' | 'kinds'>,
  configs: Readonly<Record<string, GadgetConfig>>,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): Undo {
  return clock.after(patience, () => {
    const known = new Set(gadgets.kinds.map(({ type }) => type));
    const names = gadgets.missing.filter(({ type }) => !known.has(type)).map(({ name }) => name);
    const missing = Object.entries(configs).filter(([name]) => names.includes(name));
    for (const { path, hint } of gadgetFaults(Object.fromEntries(missing), gadgets.kinds)) {
      const [, name = ''] = path;
      const type = configs[name]?.type;
      log.error(`No plugin brings the type "${type}" of the gadget "${name}". ${hint}`);
    }
  });
}
