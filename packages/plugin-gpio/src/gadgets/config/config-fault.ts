import { nearest } from '@pertybot/core';
import type { GadgetConfig } from './gadget-config.js';

/** `interlock:` as it is written: one list of names, or several. */
export type InterlockList = readonly string[] | readonly (readonly string[])[];

/** A part of the gpio config that does not fit the others. */
export interface ConfigFault {
  /** Where it stands. */
  readonly path: readonly (string | number)[];
  /** What was expected. */
  readonly message: string;
}

/** What the owner says of a pin, as far as its place in the config is checked. */
interface PinSettings {
  readonly plugin?: string | undefined;
  readonly maxTogglesPerSecond?: number | undefined;
}

/** The config as far as its parts name one another, as it was written. */
export interface ConfigWithNames {
  readonly gadgets: Readonly<Record<string, GadgetConfig>>;
  readonly on: unknown;
  readonly interlock: InterlockList;
  readonly pins: Readonly<Record<string, PinSettings>>;
}

/** What was expected where `name` stands. @param expected such as `a gadget of this list` */
export function expectedOneOf(expected: string, name: string, known: readonly string[]): string {
  const list = known.length > 0 ? ` (${known.join(', ')})` : '';
  const meant = nearest(name, known);
  return `expected ${expected}${list}${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}

/** Names of the members of a group; none of what is no group. */
export function membersOf(config: GadgetConfig | undefined): readonly string[] {
  if (config?.type !== 'group' || !Array.isArray(config.gadgets)) return [];
  return config.gadgets.filter((member) => typeof member === 'string');
}
