import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AccessTokens,
  Chat,
  isPertyError,
  type Logger,
  messageOf,
  type PluginInfo,
} from '@pertybot/core';
import { Bot, type BotOptions, serviceName, silentLogger } from '@pertybot/core/host';
import {
  type CommandReach,
  Gadgets,
  Gpio,
  type OutputInfo,
  reachOfCommands,
} from '@pertybot/plugin-gpio';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { withoutTwitch } from '../dev/dev-overlay.js';

/** A plugin that would not do its work. */
export interface PluginFault {
  readonly plugin: string;
  readonly message: string;
  readonly hint?: string;
  /** Whether the bot's own files are to blame, and not what the plugin reaches outside. */
  readonly certain: boolean;
}

/** What is known of a bot's commands before anything moves. */
export interface Rehearsal {
  readonly commands: readonly CommandReach[];
  /** The outputs that move pins, of all plugins. */
  readonly outputs: readonly OutputInfo[];
  /** What the guard of the pins would warn of. */
  readonly warnings: readonly string[];
  readonly faults: readonly PluginFault[];
  /** Plugins that were not started, since they need what reaches Twitch. */
  readonly untried: readonly string[];
}

/**
 * Starts a bot without Twitch, on a board in memory and with a state of its own, to learn what its
 * commands can do to the pins; then stops it.
 * @returns undefined when the bot drives no pins
 * @throws ConfigError when plugins.yaml has faults
 */
export function rehearseBot(folder: string): Promise<Rehearsal | undefined> {
  const lines: Line[] = [];
  const overlay = { '@pertybot/plugin-gpio': { driver: 'simulated' } };
  return rehearse({ folder, overlay, logger: keepWarnings(lines) }, async (bot) => {
    const plugin = providerOf(Gpio, bot)?.id;
    if (plugin === undefined) return undefined;
    await bot.start();
    return observe(bot, plugin, lines);
  });
}

/**
 * The commands that the plugins of a bot would register without Twitch, by the id of each plugin.
 * @throws ConfigError when plugins.yaml has faults
 */
export function rehearseCommands(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  return rehearse({ folder, overlay: withoutTwitch, logger: silentLogger }, async (bot) => {
    await bot.start();
    const names = bot.plugins.map(
      ({ id, commands }) => [id, commands.map(({ name }) => `${bot.prefix}${name}`)] as const,
    );
    return new Map(names);
  });
}

/** Runs `work` with a bot on a board in memory and with a state of its own, and stops it. */
export async function rehearse<Result>(
  options: Pick<BotOptions, 'folder' | 'overlay' | 'logger'>,
  work: (bot: Bot) => Promise<Result>,
): Promise<Result> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'pertybot-check-'));
  try {
    const bot = await Bot.load({
      ...options,
      stateFolder,
      resolveFrom: besidePertybot,
      leaveOut: [Chat, AccessTokens],
    });
    try {
      return await work(bot);
    } finally {
      await bot.stop();
    }
  } finally {
    await rm(stateFolder, { recursive: true, force: true });
  }
}

function observe(bot: Bot, plugin: string, lines: readonly Line[]): Rehearsal {
  const gadgets = bot.find(Gadgets)?.list ?? [];
  const outputs = bot.find(Gpio)?.outputs ?? [];
  const parts = { plugin, gadgets, outputs, channels: channelsOf(bot) };
  return {
    commands: reachOfCommands(bot.commands, parts),
    outputs,
    warnings: lines.filter((line) => line.plugin === plugin).map(({ message }) => message),
    faults: bot.plugins.flatMap(toFault),
    untried: bot.plugins.filter(({ state }) => state.name === 'waiting').map(({ id }) => id),
  };
}

function toFault({ id, state }: PluginInfo): readonly PluginFault[] {
  if (state.name !== 'failed') return [];
  const { error } = state;
  const certain = isPertyError(error);
  const hint = certain ? error.hint : undefined;
  return [{ plugin: id, message: messageOf(error), certain, ...(hint && { hint }) }];
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

interface Line {
  readonly plugin: unknown;
  readonly message: string;
}

function keepWarnings(lines: Line[], plugin?: unknown): Logger {
  return {
    ...silentLogger,
    warn: (message, fields) => void lines.push({ plugin: fields?.plugin ?? plugin, message }),
    child: (fields) => keepWarnings(lines, fields.plugin ?? plugin),
  };
}
