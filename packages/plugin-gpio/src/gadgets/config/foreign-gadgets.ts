import { v } from '@pertybot/core';
import type { OutputInfo } from '../../gpio.js';
import type { GpioConfig } from '../../gpio-config.js';
import { GadgetError } from '../gadget-error.js';
import type { GadgetKind } from '../gadget-kind.js';
import { type GadgetConfig, schemaOfKind } from './gadget-config.js';
import { mentions } from './limited-pins.js';

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

/**
 * Checks a built gadget whose kind another plugin brings: an interlock or a limit of the owner that is
 * meant for it must not hold nobody.
 * @throws GadgetError GADGET_CONFIG_INVALID
 */
export function requireNamedOutputs(
  name: string,
  config: GadgetConfig,
  { interlock, pins }: Pick<GpioConfig, 'interlock' | 'pins'>,
  outputs: readonly OutputInfo[],
): void {
  const isLocked = interlock.some((names) => names.includes(name));
  if (isLocked && !outputs.some(({ gadget }) => gadget === name)) {
    throw new GadgetError(
      'GADGET_CONFIG_INVALID',
      `The gadget "${name}" of the type "${config.type}" is in "interlock:" and has no output of its name.`,
      { hint: 'Take it out of "interlock:".' },
    );
  }
  const unused = Object.keys(pins).find(
    (pin) => mentions(config, pin) && !outputs.some((output) => output.pin === pin),
  );
  if (unused === undefined) return;
  throw new GadgetError(
    'GADGET_CONFIG_INVALID',
    `"pins:" limits ${unused}, which the gadget "${name}" names and does not switch.`,
    { hint: `Set the limit for a pin that "${name}" switches.` },
  );
}
