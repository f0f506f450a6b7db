import type { Step } from '../steps/steps.js';

/** A step and where it stands. */
export interface FoundStep {
  readonly step: Step;
  readonly path: readonly (string | number)[];
}

/** All steps within a checked config, however deep. */
export function* stepsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<FoundStep> {
  if (isStep(value)) {
    yield { step: value, path };
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    yield* stepsIn(child, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function isStep(value: unknown): value is Step {
  if (typeof value !== 'object' || value === null) return false;
  return 'wait' in value || ('gadget' in value && 'action' in value);
}
