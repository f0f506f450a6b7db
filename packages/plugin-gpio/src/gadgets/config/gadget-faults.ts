import { type DeclaredGadget, nearest, v } from '@pertybot/core';
import type { GadgetKind } from '../gadget-kind.js';
import { firstPartyKinds } from '../kinds/first-party.js';
import type { ConfigFault } from './config-fault.js';
import { type GadgetConfig, isGadgetKind, schemaOfKind } from './gadget-config.js';

/** A fault of a gadget, and what may mend it. */
export interface GadgetFault extends ConfigFault {
  readonly hint?: string;
  /** Whether it is the key that is wrong, rather than the value. */
  readonly isKey?: boolean;
}

/** What people call the kinds that have another name. */
const otherNames: Readonly<Record<string, string>> = {
  led: 'light',
  lamp: 'light',
  bulb: 'light',
  switch: 'relay',
  socket: 'relay',
  plug: 'relay',
  pump: 'relay',
  fan: 'relay',
  horn: 'buzzer',
  beeper: 'buzzer',
  speaker: 'buzzer',
  strip: 'rgb',
  neopixel: 'rgb',
  temperature: 'thermometer',
  scene: 'sequence',
};

/**
 * Gadgets whose type no plugin brings, and gadgets of plugins' kinds that are configured in a wrong way.
 * @param brought kinds of other plugins; those that `defineGadget` made know their keys
 */
export function gadgetFaults(
  gadgets: Readonly<Record<string, GadgetConfig>>,
  brought: readonly DeclaredGadget[],
): readonly GadgetFault[] {
  const own = firstPartyKinds.map(({ type }) => type);
  const known = [...new Set([...own, ...brought.map(({ type }) => type)])];
  return Object.entries(gadgets).flatMap(([name, config]): readonly GadgetFault[] => {
    if (own.includes(config.type)) return [];
    const kind = brought.find(({ type }) => type === config.type);
    if (kind) return isGadgetKind(kind) ? configFaults(name, config, kind) : [];
    const asked = config.type.toLowerCase();
    const other = Object.hasOwn(otherNames, asked) ? otherNames[asked] : undefined;
    const meant = other ?? nearest(asked, known);
    const message = `type: no plugin brings "${config.type}"`;
    const list = `Known types: ${known.join(', ')}.`;
    const hint = meant === undefined ? list : `Did you mean "${meant}"? ${list}`;
    return [{ path: ['gadgets', name, 'type'], message, hint }];
  });
}

function configFaults(
  name: string,
  config: GadgetConfig,
  kind: GadgetKind,
): readonly GadgetFault[] {
  const result = v.safeParse(schemaOfKind(kind), config);
  if (result.success) return [];
  const schema = schemaOfKind(kind);
  const keys = Object.keys(kind.entries);
  const unknown = Object.keys(config).filter((key) => !Object.hasOwn(schema.entries, key));
  return [
    ...unknown.map((key): GadgetFault => {
      const meant = nearest(key, keys);
      const hint = meant
        ? `Did you mean "${meant}"?`
        : `Keys of "${kind.type}": ${keys.join(', ')}.`;
      return { path: ['gadgets', name, key], message: `${key}: unknown key "${key}"`, hint };
    }),
    ...result.issues.flatMap((issue): readonly GadgetFault[] => {
      // The first unknown key; all of them are told above.
      if (issue.type === 'strict_object' && issue.expected === 'never') return [];
      const below = (issue.path ?? []).map(({ key }) => key).filter(isKey);
      const last = String(below.at(-1) ?? name);
      const said = issue.type === 'strict_object' ? 'is missing' : issue.message;
      return [{ path: ['gadgets', name, ...below], message: `${last}: ${said}` }];
    }),
  ];
}

function isKey(key: unknown): key is string | number {
  return typeof key === 'string' || typeof key === 'number';
}
