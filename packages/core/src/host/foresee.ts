import type { YamlPath } from '../bot-file/config-error.js';
import {
  type Clash,
  CommandRegistry,
  type RegisteredCommand,
} from '../commands/command-registry.js';
import { toCommandInfo } from '../commands/registered-command.js';
import { tunedPath } from '../commands/registration-errors.js';
import { readRunLine } from '../commands/rewards/redemption-call.js';
import type { CommandInfo } from '../contracts/command.js';
import type { CommandTrace, DeclaredGadget, PluginTrace } from '../contracts/declaration.js';
import { isPertyError, messageOf } from '../contracts/errors.js';
import { silentLogger } from '../contracts/logger.js';
import type { Composition } from './composition.js';
import { declaredCommands } from './declared-commands.js';
import { type ForeseenReward, foreseeRewards } from './foresee-rewards.js';
import type { HostedPlugin } from './hosted-plugin.js';
import { type RewardFault, rewardFaults } from './reward-faults.js';
import { type UnknownTuning, unknownTunings } from './unknown-tunings.js';

/** A fault of a plugin, found without starting it. */
export interface ForeseenFault {
  /** Id of the plugin. */
  readonly plugin: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Below its entry in plugins.yaml; undefined for what the plugin itself says. */
  readonly path?: YamlPath | undefined;
  /** Whether it is the key at the end of the path that is wrong. @default true */
  readonly isKey?: boolean;
  /** The command that it is about, where the path does not name it. */
  readonly about?: string;
}

/** What is known of the commands of a bot without starting it. */
export interface Foresight {
  /** Those that can be called. */
  readonly commands: readonly CommandInfo[];
  readonly faults: readonly ForeseenFault[];
  /** What may be wrong, of plugins whose commands are not known for certain. */
  readonly doubts: readonly string[];
  /** Kinds of gadgets that plugins say they bring. */
  readonly gadgets: readonly DeclaredGadget[];
  /** Those that can be redeemed, as far as they are known. */
  readonly rewards: readonly ForeseenReward[];
  /** Ids of plugins of whose commands nothing is known. */
  readonly unknown: readonly string[];
}

/**
 * Puts together what the plugins of a composition declare, and what is remembered of those that declare nothing.
 * @param remembered what a plugin brought when it ran last; undefined where that is not known
 */
export async function foresee(
  { plugins }: Composition,
  remembered: (id: string) => RememberedPlugin | undefined,
): Promise<Foresight> {
  const faults: ForeseenFault[] = [];
  const unknown: string[] = [];
  const doubts: string[] = [];
  const gadgets: DeclaredGadget[] = [];
  const registry = new CommandRegistry((command, clash) => {
    faults.push(toClashFault(command, clash, plugins));
  });
  for (const [place, hosted] of plugins.entries()) {
    if (!hosted.enabled) continue;
    gadgets.push(...(hosted.plugin.gadgets ?? []));
    try {
      const note = remembered(hosted.id);
      const { traces, isCertain } = await tracesOf(hosted, note?.commands);
      if (traces === undefined) unknown.push(hosted.id);
      else for (const trace of traces) addTo(registry, trace, hosted, place);
      const tunings = traces && unknownTunings(hosted, registry);
      if (isCertain) faults.push(...(tunings ?? []).map((tuning) => toTuningFault(hosted, tuning)));
      else doubts.push(...(tunings?.map(({ told }) => told) ?? untold(hosted)));
      if (traces === undefined) continue;
      const wrong = rewardFaults({ ...hosted, commands: registry, own: note?.rewards });
      if (isCertain) faults.push(...wrong.map((fault) => ({ ...fault, plugin: hosted.id })));
      else doubts.push(...wrong.map((fault) => doubtOf(hosted, fault)));
    } catch (error) {
      faults.push(toFault(hosted.id, error));
    }
  }
  const rewards = plugins
    .filter(({ enabled }) => enabled)
    .flatMap((hosted) =>
      foreseeRewards(hosted, remembered(hosted.id)?.rewards ?? [], (run) => {
        const { command, rest } = readRunLine(run, hosted.id, registry);
        return command && { command: toCommandInfo(command), words: rest };
      }),
    );
  const commands = registry.all.map(toCommandInfo);
  return { commands, faults, doubts, gadgets, rewards, unknown };
}

/** What a plugin brought when it ran last. */
type RememberedPlugin = Pick<PluginTrace, 'commands' | 'rewards'>;

interface Traces {
  readonly traces: readonly CommandTrace[] | undefined;
  /** Whether the plugin says so itself. */
  readonly isCertain: boolean;
}

/** What a plugin declares, and what it registered beyond that when it ran last. */
async function tracesOf(
  hosted: HostedPlugin,
  remembered: readonly CommandTrace[] | undefined,
): Promise<Traces> {
  // A config that lacks a variable may be none.
  const isLacking = hosted.config === undefined && hosted.lacks.length > 0;
  const declared = isLacking ? undefined : await declaredCommands(hosted);
  if (declared === undefined) {
    return { traces: remembered ?? (isLacking ? [] : undefined), isCertain: false };
  }
  const names = new Set(declared.map(nameOf));
  const others = (remembered ?? []).filter((trace) => !names.has(nameOf(trace)));
  return { traces: [...declared, ...others], isCertain: true };
}

function toTuningFault({ id }: HostedPlugin, { name, hint }: UnknownTuning): ForeseenFault {
  const message = `commands: "${id}" has no command "${name}"`;
  return { plugin: id, message, hint, path: ['commands', name] };
}

function doubtOf({ id }: HostedPlugin, { message, hint, path }: RewardFault): string {
  return `The reward "${path[1]}" of "${id}" may be wrong: ${message}. ${hint}`;
}

/** For a plugin of which nothing is known: what is tuned may be missing. */
function untold({ id, tuning }: HostedPlugin): readonly string[] {
  const names = Object.keys(tuning).map((name) => `"${name}"`);
  if (names.length === 0) return [];
  return [
    `plugins.yaml tunes ${names.join(', ')} of "${id}", which says only when it runs what commands it has.`,
  ];
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

/** At the name that plugins.yaml gives one of the two, else where the command that lost it is written. */
function toClashFault(
  command: RegisteredCommand,
  { error, holder, name }: Clash,
  plugins: Composition['plugins'],
): ForeseenFault {
  const at = [command, holder].find((each) => tunedPath(each, name) !== undefined);
  const config = plugins.find(({ id }) => id === command.plugin)?.config;
  const path = at ? tunedPath(at, name) : writtenPath(config, command.ownName);
  return { ...toFault(at?.plugin ?? command.plugin, error), path };
}

/** Where a config has a key that is the name of a command, as those have that make a command of each. */
function writtenPath(config: unknown, name: string): YamlPath | undefined {
  const parts = typeof config === 'object' && config !== null ? Object.entries(config) : [];
  const [part] =
    parts.find(([, value]) => {
      const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isMap && Object.hasOwn(value, name);
    }) ?? [];
  return part === undefined ? undefined : ['config', part, name];
}

function toFault(plugin: string, error: unknown): ForeseenFault {
  if (!isPertyError(error)) return { plugin, message: messageOf(error) };
  const path = error.path && ['config', ...error.path];
  return { plugin, message: messageOf(error), hint: error.hint, ...(path && { path }) };
}
