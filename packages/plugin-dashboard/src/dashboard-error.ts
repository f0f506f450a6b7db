import { PertyError } from '@pertybot/core';

/** Every code of a {@link DashboardError}; docs/errors.md explains each. */
export type DashboardErrorCode = 'PAGE_PORT_TAKEN' | 'PAGE_CERTIFICATE_UNREADABLE';

/** Thrown whenever the page cannot be served. */
export class DashboardError extends PertyError<DashboardErrorCode> {}
