import { v } from '@pertybot/core';
import type { Step } from './steps.js';

interface ConfigWithSteps {
  readonly gadgets: Readonly<Record<string, unknown>>;
  readonly on: unknown;
}

/** Valibot action that reports each step which names a gadget that is not there. */
export function checkStepNames<Config extends ConfigWithSteps>() {
  return v.rawCheck<Config>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { gadgets, on } = dataset.value;
    const names = Object.keys(gadgets);
    for (const { step, path } of [...stepsIn({ gadgets }), ...stepsIn({ on })]) {
      if (!('gadget' in step) || names.includes(step.gadget)) continue;
      const known = names.length > 0 ? ` (${names.join(', ')})` : '';
      addIssue({ message: `expected a gadget of this list${known}`, path: toIssuePath(path) });
    }
  });
}

interface FoundStep {
  readonly step: Step;
  readonly path: readonly PathKey[];
}

/** A key on the way to a step, and what it is a key of. */
interface PathKey {
  readonly parent: object;
  readonly key: string | number;
}

/** All steps within a checked config, however deep. */
function* stepsIn(value: unknown, path: readonly PathKey[] = []): Generator<FoundStep> {
  if (isStep(value)) {
    yield { step: value, path };
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    yield* stepsIn(child, [...path, { parent: value, key: step }]);
  }
}

function isStep(value: unknown): value is Step {
  if (typeof value !== 'object' || value === null) return false;
  return 'wait' in value || ('gadget' in value && 'action' in value);
}

function toIssuePath(path: readonly PathKey[]) {
  const [first, ...others] = path.map(({ parent, key }) => toPathItem(parent, key));
  // A step is always below a key.
  return first && ([first, ...others] as [v.IssuePathItem, ...v.IssuePathItem[]]);
}

function toPathItem(parent: object, key: string | number): v.IssuePathItem {
  return { type: 'unknown', origin: 'value', input: parent, key, value: Reflect.get(parent, key) };
}
