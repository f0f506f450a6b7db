import type { CommandOptions } from './command.js';

/** Commands by their signatures, as a plugin declares them. */
export type DeclaredCommands = Readonly<Record<string, CommandOptions>>;

/** A kind of gadget, as a plugin declares it. What `defineGadget` makes is one. */
export interface DeclaredGadget {
  /** Such as `wled`, as plugins.yaml names it. */
  readonly type: string;
  readonly about?: string;
}

/** What a plugin said of a command when it registered it, without what is code. */
export interface CommandTrace extends Omit<CommandOptions, 'types' | 'away'> {
  readonly signature: string;
  /** Names of the argument types that are the author's own. */
  readonly types?: readonly string[];
}

/** What a plugin brought when it ran. */
export interface PluginTrace {
  readonly commands: readonly CommandTrace[];
  /** Names of the rewards that its author wrote. */
  readonly rewards: readonly string[];
  /** Events to which it listened. */
  readonly events: readonly string[];
}

/** What remains of a command when its code is left out. */
export function toCommandTrace(
  signature: string,
  { types = {}, away: _, ...options }: Omit<CommandOptions, 'types'> & { readonly types?: object },
): CommandTrace {
  const names = Object.keys(types);
  return { signature, ...options, ...(names.length > 0 && { types: names }) };
}
