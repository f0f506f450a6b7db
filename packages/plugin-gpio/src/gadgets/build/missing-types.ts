import type { Logger, Undo } from '@pertybot/core';
import type { GadgetConfig } from '../config/gadget-config.js';
import { gadgetFaults } from '../config/gadget-faults.js';
import type { Gadgets } from '../gadgets.js';

/** When and where {@link tellMissingTypes} tells. */
export interface TellMissingTypesOptions {
  /** Resolves when all plugins have had their time. */
  readonly settled: Promise<void>;
  /** Types of kinds that a plugin has brought, also if it has gone since. */
  readonly brought: ReadonlySet<string>;
  readonly log: Logger;
}

/**
 * Says, once all plugins have had their time, which gadgets have a type that none brings: who misspells one has a gadget
 * that no word of chat reaches.
 * @returns the undo, which says it where it has not been said: a bot that stops at once is silent about nothing
 */
export function tellMissingTypes(
  gadgets: Pick<Gadgets, 'kinds'>,
  configs: Readonly<Record<string, GadgetConfig>>,
  { settled, brought, log }: TellMissingTypesOptions,
): Undo {
  let isTold = false;
  const tell = () => {
    if (isTold) return;
    isTold = true;
    const missing = Object.entries(configs).filter(([, { type }]) => !brought.has(type));
    for (const { path, hint } of gadgetFaults(Object.fromEntries(missing), gadgets.kinds)) {
      const [, name = ''] = path;
      const type = configs[name]?.type;
      log.error(`No plugin brings the type "${type}" of the gadget "${name}". ${hint}`);
    }
  };
  void settled.then(tell);
  return tell;
}
