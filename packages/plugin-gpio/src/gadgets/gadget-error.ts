import { isPertyError, PertyError } from '@pertybot/core';

/** Every code of a {@link GadgetError}; docs/errors.md explains each. */
export type GadgetErrorCode = 'GADGET_CONFIG_INVALID' | 'GADGET_TYPE_TAKEN';

/** Thrown whenever a gadget cannot be built. */
export class GadgetError extends PertyError<GadgetErrorCode> {}

/** An error of ours that says which gadget it comes from. */
export function atGadget(error: unknown, name: string): unknown {
  if (!isPertyError(error) || error.path) return error;
  return Object.assign(error, { path: ['gadgets', name] });
}
