import { CommandRegistry } from '../commands/command-registry.js';
import type { CommandInfo } from '../contracts/command.js';
import type { CommandTrace } from '../contracts/declaration.js';
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
  const registry = new CommandRegistry(({ plugin }, error) => {
    faults.push(toFault(plugin, error));
  });
  for (const [place, hosted] of plugins.entries()) {
    if (!hosted.enabled) continue;
    try {
      const traces = (await declaredCommands(hosted)) ?? remembered(hosted.id);
      if (traces === undefined) unknown.push(hosted.id);
      else for (const trace of traces) addTo(registry, trace, hosted, place);
    } catch (error) {
      faults.push(toFault(hosted.id, error));
    }
  }
  return { commands: registry.all.map(toCommandInfo), faults, unknown };
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
