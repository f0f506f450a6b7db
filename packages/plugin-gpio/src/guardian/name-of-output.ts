import { basename, dirname } from 'node:path';
import type { LineHandle } from '../drivers/gpio-driver.js';

/** `GPIO17` or `ACT`. */
export function nameOfOutput({
  offset,
  handle,
}: {
  readonly offset: number;
  readonly handle: LineHandle;
}): string {
  return handle.kind === 'led' ? basename(dirname(handle.valueFile)) : `GPIO${offset}`;
}
