import { Chat, type DeclaredGadget } from '@pertybot/core';
import {
  Bot,
  type BotFileOverlay,
  type ConfigError,
  type ForeseenFault,
  type FoundFault,
  type PluginInfo,
  serviceName,
  silentLogger,
} from '@pertybot/core/host';
import {
  type CommandReach,
  type GadgetPlan,
  Gadgets,
  Gpio,
  type GpioConfig,
  gadgetFaults,
  type OutputInfo,
  type PlannedGadget,
  planGadgets,
  type RewardReach,
  reachOfCommands,
  reachOfRewards,
} from '@pertybot/plugin-gpio';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { lookingPatience, whileWatched } from '../bot-process/looking.js';
import { readNote } from '../notes/note-files.js';
import type { PluginNote } from '../notes/plugin-note.js';
import { type LookedAtNodes, lookAtNodes, toOutputInfos } from './look-at-nodes.js';
import { findRewardDoubts, findRewardFaults } from './reward-faults.js';

/** A gadget as far as it is known. */
type LookedAtGadget = Pick<PlannedGadget, 'name' | 'type' | 'usage' | 'pins' | 'verbs'> &
  Pick<PlannedGadget, 'drives'> &
  Partial<Pick<PlannedGadget, 'crowd' | 'state'>> & { readonly node?: string };

/** What is known of a bot that nobody has started. */
export interface Look {
  /** Loaded, its plugins imported; it is not to be started. */
  readonly bot: Bot;
  readonly commands: readonly CommandReach[];
  readonly rewards: readonly RewardReach[];
  readonly gadgets: readonly LookedAtGadget[];
  /** The outputs that move pins, of all plugins, as far as they are known. */
  readonly outputs: readonly OutputInfo[];
  /** Gadgets of other machines; undefined where there are none. */
  readonly nodes: LookedAtNodes | undefined;
  /** What the guard of the pins would warn of. */
  readonly warnings: readonly string[];
  /** Faults that no start would survive, as far as its plugins know; undefined where there are none. */
  readonly mistakes: ConfigError | undefined;
  /** Ids of plugins that have not run with their configuration, and declare no commands. */
  readonly unknown: readonly string[];
}

/**
 * Puts together what plugins.yaml, the plugins' own words and the notes of their last runs tell of a bot. Its
 * plugins are imported; none is started, and nothing of them is registered.
 * @param overlay config values laid over those of plugins.yaml
 * @throws ConfigError when plugins.yaml has faults
 */
export function lookAtBot(folder: string, overlay: BotFileOverlay = {}): Promise<Look> {
  return whileWatched(() => look(folder, overlay));
}

async function look(folder: string, overlay: BotFileOverlay): Promise<Look> {
  const options = { folder, overlay, logger: silentLogger, resolveFrom: besidePertybot };
  const bot = await Bot.load({ ...options, mayLack: true, patience: lookingPatience });
  const notes = await readNotes(bot);
  const noted = [...notes.values()];
  const {
    commands,
    gadgets: declared,
    faults,
    rewards,
    doubts: untold,
    unknown,
  } = await bot.foresee((id) => notes.get(id));
  const brought = [...declared, ...noted.flatMap(({ kinds }) => kinds.map((type) => ({ type })))];
  const pins = pinsOf(bot);
  // A pin that two gadgets want is told as what the plugin's declaration throws.
  const plan = pins && (await planGadgets(pins.config).catch(() => undefined));
  const mayBring = unknown.filter((id) => needsOf(bot, id).includes(serviceName(Gadgets)));
  const { faults: mistakes, doubts } = pins
    ? findGadgetFaults({ ...pins, brought, plan, mayBring })
    : { faults: [], doubts: [] };
  const lateNames = new Set(plan?.missing.map(({ name }) => name));
  // Such a gadget comes with the plugin that brings its kind.
  const isLate = ({ plugin, path, about }: ForeseenFault) =>
    plugin === pins?.plugin && lateNames.has(about ?? String(path?.[1]));
  const all = [
    ...mistakes,
    ...faults.filter((fault) => !isLate(fault)).map(toFound),
    ...(plan && pins ? findRewardFaults(rewards, { plugin: pins.plugin, plan }) : []),
  ];
  const nodes = await lookAtNodes(bot);
  const gadgets = firstOf([
    ...(plan?.gadgets ?? []),
    // What they drive there is theirs to know.
    ...(nodes?.gadgets ?? []).map((gadget) => ({ ...gadget, drives: [] })),
    ...noted.flatMap((note) => note.gadgets),
  ]);
  const outputs = [
    ...(plan?.outputs ?? []).map((output) => ({ ...output, plugin: pins?.plugin ?? '' })),
    ...noted.flatMap((note) => note.outputs.map(toOutput)),
  ];
  const parts = { plugin: pins?.plugin ?? '', gadgets, outputs: onePerPin(outputs) };
  const here = { ...parts, channels: channelsOf(bot) };
  const elsewhere = {
    ...here,
    plugin: nodes?.plugin ?? '',
    outputs: nodes ? toOutputInfos(nodes) : [],
  };
  return {
    bot,
    commands: commands.flatMap((command) =>
      reachOfCommands([command], command.plugin === nodes?.plugin ? elsewhere : here),
    ),
    rewards: reachOfRewards(rewards, here),
    gadgets,
    outputs: parts.outputs,
    nodes,
    warnings: [...(plan?.warnings ?? []), ...doubts, ...untold, ...findRewardDoubts(rewards)],
    mistakes: all.length === 0 ? undefined : bot.toConfigError(all),
    unknown,
  };
}

/** The notes that are of the plugins as they are now. */
async function readNotes(bot: Bot): Promise<ReadonlyMap<string, PluginNote>> {
  const all = await Promise.all(
    bot.plugins.map(async ({ id }) => {
      const [note, fingerprint] = await Promise.all([
        readNote(bot.folder, id),
        bot.fingerprintOf(id),
      ]);
      return note !== undefined && note.fingerprint === fingerprint ? [[id, note] as const] : [];
    }),
  );
  return new Map(all.flat());
}

function toFound({ plugin, message, hint, path, isKey = true }: ForeseenFault): FoundFault {
  if (path) return { plugin, path, message, hint, isKey };
  return { plugin, path: ['use'], message: `${plugin}: ${message}`, hint };
}

interface Pins {
  /** Id of the plugin that has the gadgets. */
  readonly plugin: string;
  readonly config: GpioConfig;
}

function pinsOf(bot: Bot): Pins | undefined {
  const plugin = providerOf(Gpio, bot)?.id;
  if (plugin === undefined) return undefined;
  const config = bot.configOf(plugin);
  // The schema of the plugin that provides Gpio has made it, where no variable is missing.
  return config === undefined ? undefined : { plugin, config: config as GpioConfig };
}

function needsOf(bot: Bot, id: string): readonly string[] {
  return bot.plugins.find((plugin) => plugin.id === id)?.needs ?? [];
}

/** What a note keeps of an output says nothing of its level. */
function toOutput(output: PluginNote['outputs'][number]): OutputInfo {
  return { ...output, on: false, level: 0 };
}

function firstOf<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  return items.filter(({ name }, index) => items.findIndex((each) => each.name === name) === index);
}

function onePerPin(outputs: readonly OutputInfo[]): readonly OutputInfo[] {
  return outputs.filter(
    ({ pin }, index) => outputs.findIndex((each) => each.pin === pin) === index,
  );
}

function providerOf(token: typeof Gpio | typeof Chat, bot: Bot): PluginInfo | undefined {
  const name = serviceName(token);
  return bot.plugins.find(
    ({ provides, state }) => provides.includes(name) && state.name !== 'disabled',
  );
}

/** How many channels the chat plugin names in its config. */
function channelsOf(bot: Bot): number {
  const chat = providerOf(Chat, bot);
  const config = chat && bot.configOf(chat.id);
  if (typeof config !== 'object' || config === null || !('channels' in config)) return 1;
  return Array.isArray(config.channels) ? config.channels.length : 1;
}

/** The gadgets that are looked at. */
export interface LookedAtGadgets {
  /** Id of the plugin that has them. */
  readonly plugin: string;
  readonly config: GpioConfig;
  /** Kinds that other plugins bring, as far as that is known. */
  readonly brought: readonly DeclaredGadget[];
  /** Undefined where it cannot be made. */
  readonly plan: GadgetPlan | undefined;
  /** Ids of plugins that may bring more kinds. */
  readonly mayBring: readonly string[];
}

/** What is wrong with gadgets, as far as their plugins say. */
export interface FoundGadgetFaults {
  readonly faults: readonly FoundFault[];
  /** What may be wrong: who could bring the type has not run yet. */
  readonly doubts: readonly string[];
}

/** Looks at types that nobody brings, keys that a kind does not have, and steps that no gadget takes. */
function findGadgetFaults(look: LookedAtGadgets): FoundGadgetFaults {
  const { plugin, config, brought, plan, mayBring } = look;
  const all = [...gadgetFaults(config.gadgets, brought), ...(plan?.faults ?? [])];
  const isDoubt = ({ path }: (typeof all)[number]) => mayBring.length > 0 && path.at(-1) === 'type';
  return {
    faults: all
      .filter((fault) => !isDoubt(fault))
      .map(({ path, ...fault }) => ({ ...fault, plugin, path: ['config', ...path] })),
    doubts: all.filter(isDoubt).map(({ path, message }) => {
      const names = mayBring.map((id) => `"${id}"`).join(' or ');
      return `gadgets.${path[1]}.${message}, unless ${names} does, which has not run yet.`;
    }),
  };
}
