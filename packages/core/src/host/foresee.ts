import { CommandRegistry } from '../commands/command-registry.js';
import type { CommandInfo } from '../contracts/command.js';
import type { CommandTrace, DeclaredGadget } from '../contracts/declaration.js';
import { isPertyError, messageOf } from '../contracts/errors.js';
import { silentLogger } from '../contracts/logger.js';
import type { Composition } from './composition.js';
import { declaredCommands } from './declared-commands.js';
import type { HostedPlugin } from './hosted-plugin.js';
import { toCommandInfo } from './to-command-info.js';

/** A fault of a plugin, found without starting it. */
export interface ForeseenFault {
  /** Id of the plugin. */
  readonly plugin: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** What is known of the commands of a bot without starting it. */
export interface Foresight {
  /** Those that can be called. */
  readonly commands: readonly CommandInfo[];
  readonly faults: readonly ForeseenFault[];
  /** Kinds of gadgets that plugins say they bring. */
  readonly gadgets: readonly DeclaredGadget[];
  /** Ids of plugins of whose commands nothing is known. */
  readonly unknown: readonly string[];
}

/**
 * Puts together what the plugins of a composition declare, and what is remembered of those that declare nothing.
 * @param remembered what a plugin brought when it ran last; undefined where that is not known
 */
export async function foresee(
  { plugins }: Composition,
  remembered: (id: string) => readonly CommandTrace[] | undefined,
): Promise<Foresight> {
  const faults: ForeseenFault[] = [];
  const unknown: string[] = [];
  const gadgets: DeclaredGadget[] = [];
  const registry = new CommandRegistry(({ plugin }, error) => {
    faults.push(toFault(plugin, error));
  });
  for (const [place, hosted] of plugins.entries()) {
    if (!hosted.enabled) continue;
    gadgets.push(...(hosted.plugin.gadgets ?? []));
    try {
      const traces = await tracesOf(hosted, remembered(hosted.id));
      if (traces === undefined) unknown.push(hosted.id);
      else for (const trace of traces) addTo(registry, trace, hosted, place);
    } catch (error) {
      faults.push(toFault(hosted.id, error));
    }
  }
  return { commands: registry.all.map(toCommandInfo), faults, gadgets, unknown };
}

/** What a plugin declares, and what it registered beyond that when it ran last. */
async function tracesOf(
  hosted: HostedPlugin,
  remembered: readonly CommandTrace[] | undefined,
): Promise<readonly CommandTrace[] | undefined> {
  // A config that lacks a variable may be none.
  const isLacking = hosted.config === undefined && hosted.lacks.length > 0;
  const declared = isLacking ? undefined : await declaredCommands(hosted);
  if (declared === undefined) return remembered ?? (isLacking ? [] : undefined);
  const names = new Set(declared.map(nameOf));
  return [...declared, ...(remembered ?? []).filter((trace) => !names.has(nameOf(trace)))];
}

function nameOf({ signature }: CommandTrace): string {
  return (signature.trim().split(/\s/, 1)[0] ?? '').toLowerCase();
}

/** @throws CommandError as the start of the plugin would */
function addTo(
  registry: CommandRegistry,
  { signature, types = [], ...options }: CommandTrace,
  { id, tuning }: HostedPlugin,
  place: number,
): void {
  const { signal } = new AbortController();
  const owner = { id, log: silentLogger, signal, tuning, place: () => place };
  const parsers = Object.fromEntries(types.map((name) => [name, (word: string) => word]));
  // The registry keeps a handler beside its signature, and forgets their types together.
  registry.add(owner, signature, { ...options, types: parsers } as never, () => {});
}

function toFault(plugin: string, error: unknown): ForeseenFault {
  const hint = isPertyError(error) ? error.hint : undefined;
  return { plugin, message: messageOf(error), hint };
}
