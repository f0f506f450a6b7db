import type { CommandInfo } from '@pertybot/core';
import type { Gadget } from '../gadgets/gadget.js';
import type { OutputInfo } from '../gpio.js';
import { callPace } from './call-pace.js';
import { hour, mostTimeOn } from './time-on.js';

/** What a command can do to one output. */
export interface OutputReach {
  /** Gadget, or what the plugin calls it. */
  readonly gadget: string;
  readonly pin: string;
  readonly kind: OutputInfo['kind'];
  /** Longest time on at once, in milliseconds; absent when nothing ends it. */
  readonly longest?: number;
  /** Longest time on within an hour, in milliseconds, whoever calls the command and however often. */
  readonly inAnHour: number;
  /** Whether a single viewer without any role can keep it on, with pauses that nobody would notice. */
  readonly forGood: boolean;
  readonly dryRun: boolean;
}

/** A command and the outputs that it can switch. */
export interface CommandReach {
  readonly command: CommandInfo;
  readonly outputs: readonly OutputReach[];
}

/** What counts of a gadget. */
export type ReachedGadget = Pick<Gadget, 'name' | 'verbs' | 'drives' | 'crowd'>;

/** The bot whose commands are looked at. */
export interface ReachedParts {
  /** Id of the plugin whose commands bear the names of the gadgets. */
  readonly plugin: string;
  readonly gadgets: readonly ReachedGadget[];
  readonly outputs: readonly OutputInfo[];
  /** How many channels the bot sits in. @default 1 */
  readonly channels?: number;
}

/** Share of the time from which on an output counts as held on for good. */
const forGood = 0.99;

/**
 * What each command can do to the outputs at worst, under the guard's limits and its own cooldowns.
 * That of a gadget switches its outputs and those of the gadgets that it drives; one of another plugin
 * switches what that plugin has claimed.
 */
export function reachOfCommands(
  commands: readonly CommandInfo[],
  parts: ReachedParts,
): readonly CommandReach[] {
  return commands
    .filter(({ enabled }) => enabled)
    .map((command) => ({ command, outputs: outputsOf(command, parts) }));
}

/** What a call of a command can do to the outputs at worst. */
export function outputsOf(
  command: Pick<CommandInfo, 'plugin' | 'ownName' | 'allow' | 'cooldown'>,
  parts: ReachedParts,
): readonly OutputReach[] {
  const { plugin, gadgets, outputs, channels } = parts;
  const pace = callPace(command, channels);
  if (command.plugin !== plugin) {
    const own = outputs.filter((output) => output.plugin === command.plugin);
    return own.map((output) => toReach(output, { pace, lasts: maxOnOf(output) }));
  }
  const gadget = gadgets.find(({ name }) => name.toLowerCase() === command.ownName.toLowerCase());
  if (!gadget) return [];
  const held = withWindow(pace, gadget.crowd?.window ?? 0);
  const driven = drivenBy(gadget, gadgets);
  return outputs
    .filter((output) => output.plugin === plugin && driven.has(output.gadget))
    .map((output) => {
      const times = gadget.verbs.map(({ lasts }) =>
        output.gadget === gadget.name ? (lasts ?? maxOnOf(output)) : (lasts ?? 0) + maxOnOf(output),
      );
      return toReach(output, { pace: held, lasts: Math.max(0, ...times) });
    });
}

type Pace = ReturnType<typeof callPace>;

/** A crowd that decides does so once in its window. */
function withWindow({ every, byOne }: Pace, window: number): Pace {
  return {
    every: Math.max(every, window),
    byOne: byOne === undefined ? undefined : Math.max(byOne, window),
  };
}

function toReach(
  output: OutputInfo,
  { pace, lasts }: { readonly pace: Pace; readonly lasts: number },
): OutputReach {
  const { gadget, pin, kind, limits, dryRun } = output;
  const longest = Math.min(maxOnOf(output), lasts);
  const { byOne } = pace;
  const oneKeeps = byOne === undefined ? 0 : mostTimeOn(limits, { every: byOne, lasts }) / hour;
  return {
    gadget,
    pin,
    kind,
    ...(longest === Infinity ? {} : { longest }),
    inAnHour: mostTimeOn(limits, { every: pace.every, lasts }),
    forGood: oneKeeps >= forGood,
    dryRun,
  };
}

function maxOnOf({ limits }: OutputInfo): number {
  return limits.maxOn ?? Infinity;
}

/** Names of the gadget and of all that it drives, directly or not. */
function drivenBy(gadget: ReachedGadget, all: readonly ReachedGadget[]): ReadonlySet<string> {
  const names = new Set([gadget.name]);
  // A set that grows while it is walked is walked to its end.
  for (const name of names) {
    const each = all.find((other) => other.name === name);
    for (const next of each?.drives ?? []) names.add(next);
  }
  return names;
}
