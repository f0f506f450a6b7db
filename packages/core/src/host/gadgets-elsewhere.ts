import { CarriedValue } from '../events/attribution.js';

/** Whether another plugin of the bot may have a gadget of that name. */
export type IsElsewhere = (name: string) => boolean;

/** Who may have gadgets beside the plugin whose config is just checked. */
const elsewhere = new CarriedValue<IsElsewhere>();

/** Runs `work`, the check of a config, so that it can ask {@link isGadgetElsewhere}. */
export function withGadgetsElsewhere<Result>(is: IsElsewhere, work: () => Result): Result {
  return elsewhere.run(is, work);
}

/**
 * Whether another plugin of the bot may have a gadget of that name, such as one on another machine: asked by a schema
 * that would take the name for a mistake otherwise.
 */
export function isGadgetElsewhere(name: string): boolean {
  return elsewhere.get()?.(name) ?? false;
}
