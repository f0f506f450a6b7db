import { type DeclaredGadget } from '@pertybot/core';
import { type FoundFault } from '@pertybot/core/host';
import { type GadgetPlan, type GpioConfig, gadgetFaults } from '@pertybot/plugin-gpio';

/** The gadgets that are looked at. */
export interface LookedAtGadgets {
  /** Id of the plugin that has them. */
  readonly plugin: string;
  readonly config: GpioConfig;
  /** Kinds that other plugins bring, as far as that is known. */
  readonly brought: readonly DeclaredGadget[];
  /** Undefined where it cannot be made. */
  readonly plan: GadgetPlan | undefined;
  /** Ids of plugins that may bring more kinds. */
  readonly mayBring: readonly string[];
}

/** What is wrong with gadgets, as far as their plugins say. */
export interface FoundGadgetFaults {
  readonly faults: readonly FoundFault[];
  /** What may be wrong: who could bring the type has not run yet. */
  readonly doubts: readonly string[];
}

/** Looks at types that nobody brings, keys that a kind does not have, and steps that no gadget takes. */
export function findGadgetFaults(look: LookedAtGadgets): FoundGadgetFaults {
  const { plugin, config, brought, plan, mayBring } = look;
  const all = [...gadgetFaults(config.gadgets, brought), ...(plan?.faults ?? [])];
  const isDoubt = ({ path }: (typeof all)[number]) => mayBring.length > 0 && path.at(-1) === 'type';
  return {
    faults: all
      .filter((fault) => !isDoubt(fault))
      .map(({ path, ...fault }) => ({ ...fault, plugin, path: ['config', ...path] })),
    doubts: all.filter(isDoubt).map(({ path, message }) => {
      const names = mayBring.map((id) => `"${id}"`).join(' or ');
      return `gadgets.${path[1]}.${message}, unless ${names} does, which has not run yet.`;
    }),
  };
}
