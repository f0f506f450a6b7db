import type { GadgetConfig } from './gadget-config.js';

/**
 * The gadgets that leave their pins alone: those in `mode: dry-run`, and the ones that such a group or
 * sequence drives, through however many others.
 */
export function dryRunNames(gadgets: Readonly<Record<string, GadgetConfig>>): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: string) => {
    const config = Object.hasOwn(gadgets, name) ? gadgets[name] : undefined;
    if (!config || names.has(name)) return;
    names.add(name);
    for (const member of membersOf(config)) add(member);
  };
  for (const [name, { mode }] of Object.entries(gadgets)) if (mode === 'dry-run') add(name);
  return names;
}

/** Names of the gadgets that a group or a sequence drives, as the schemas of their kinds gave them. */
function membersOf({ type, gadgets, steps }: GadgetConfig): readonly string[] {
  if (type === 'group' && Array.isArray(gadgets)) return gadgets.filter(isText);
  if (type !== 'sequence' || !Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown) =>
    typeof step === 'object' && step !== null && 'gadget' in step && isText(step.gadget)
      ? step.gadget
      : [],
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
