import type { OutputKind } from '../limits/default-limits.js';
import type { Limits } from '../limits/limits.js';

/** What an output is; it never changes. */
export interface OutputIdentity {
  readonly name: string;
  readonly plugin: string;
  readonly kind: OutputKind;
  readonly pin: string;
  readonly activeLow: boolean;
  readonly dryRun: boolean;
  readonly limits: Limits;
}
