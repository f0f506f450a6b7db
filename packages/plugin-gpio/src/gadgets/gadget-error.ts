import { PertyError } from '@pertybot/core';

/** Every code of a {@link GadgetError}; docs/errors.md explains each. */
export type GadgetErrorCode = 'GADGET_CONFIG_INVALID' | 'GADGET_TYPE_TAKEN';

/** Thrown whenever a gadget cannot be built. */
export class GadgetError extends PertyError<GadgetErrorCode> {}
