import { v } from '@pertybot/core';
import { GadgetError } from '../gadget-error.js';
import type { GadgetKind } from '../gadget-kind.js';
import { type GadgetConfig, schemaOfKind } from './gadget-config.js';

/**
 * Checks a gadget whose kind another plugin brings: its own keys were not known when plugins.yaml was
 * read.
 * @throws GadgetError GADGET_CONFIG_INVALID, with every fault
 */
export function checkForeignConfig(
  name: string,
  config: GadgetConfig,
  kind: GadgetKind,
): GadgetConfig {
  const result = v.safeParse(schemaOfKind(kind), config);
  if (result.success) return result.output as GadgetConfig;
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? name}: ${issue.message}`);
  throw new GadgetError(
    'GADGET_CONFIG_INVALID',
    `The gadget "${name}" is wrong: ${faults.join('; ')}`,
    {
      hint: `Mend gadgets.${name} in the config of the gpio plugin.`,
    },
  );
}
