import { setTimeout as sleep } from 'node:timers/promises';
import { AccessTokens, type Finding, messageOf, type Plugin } from '@pertybot/core';
import { ConfigError } from '@pertybot/core/host';
import { startTestBot, type TestBot, type TestEntry } from '@pertybot/core/testing';
import gpio, { Gadgets, Gpio } from '@pertybot/plugin-gpio';
import { LeftoverWatch, watchPins } from './leftovers.js';
import type { TrialPhase } from './trial.js';

/** How long a started plugin is left alone, so that what goes wrong a little later shows, milliseconds. */
const pause = 150;

/** A plugin that has started. */
export interface StartedPlugin {
  readonly bot: TestBot;
  /** Names of its commands. */
  readonly commands: readonly string[];
}

/** A plugin whose life is looked at. */
export interface LifeOptions {
  readonly entry: TestEntry & { readonly id: string };
  /** Plugins that provide what it needs. */
  readonly beside: readonly TestEntry[];
  readonly folders: { readonly bot: string; readonly state: string };
  /** Folder of its files. */
  readonly home: string;
  /** What was thrown where nobody could catch it; emptied by whoever tells of it. */
  readonly strays: unknown[];
  tell(phase: TrialPhase, findings: readonly Finding[], started?: StartedPlugin): void;
}

/** Starts the plugin in a bot without Twitch and with a board in memory, stops it, and starts it again. */
export async function checkLife(options: LifeOptions): Promise<void> {
  const { entry, tell } = options;
  const reason = whyNotStarted(entry.plugin, options.beside);
  if (reason !== undefined) return tell('end', [reason]);
  const watch = new LeftoverWatch(options.home);
  const bot = await start(options);
  if (!('stop' in bot)) return tell('end', [bot]);
  await sleep(pause);
  const own = bot.commands.filter(({ plugin }) => plugin === entry.id);
  const started = judgeStart(bot, options);
  const failed = started.level === 'error';
  const commands = failed ? [] : [judgeAbouts(own), ...(await judgeDeclared(bot, entry))];
  const known = { bot, commands: own.map(({ ownName }) => ownName) };
  tell('stop', [started, ...commands], failed ? undefined : known);
  const leftPins = watchPins(bot);
  const stopped = await stop(bot, options);
  const taken = await watch.end();
  const left = [...leftPins(), ...taken, ...leftCommands(bot, entry.id)];
  const findings = [stopped, judgeLeftovers(left)];
  if (failed) return tell('end', findings);
  tell('second start', findings);
  tell('end', [await startAgain(options, stopped.level === 'ok')]);
}

/** Why a trial would say nothing about the plugin. */
function whyNotStarted(plugin: Plugin, beside: readonly TestEntry[]): Finding | undefined {
  const needsTwitch = Object.values(plugin.needs ?? {}).includes(AccessTokens);
  const isThere = beside.some((each) => each.plugin.provides?.includes(AccessTokens));
  if (!needsTwitch || isThere) return undefined;
  return {
    level: 'warning',
    subject: 'start',
    message: 'It was not started: it needs AccessTokens, and with them Twitch itself.',
    hint: 'Name a plugin that provides a stand-in: --with ./test/fake-tokens.js',
  };
}

async function start(options: LifeOptions): Promise<TestBot | Finding> {
  const { entry, beside, folders } = options;
  try {
    return await startTestBot(withPins(entry, beside), { realClock: true, folders, isTrial: true });
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [];
    const [first] = problems;
    const message = problems.map((each) => each.message).join(' ') || messageOf(error);
    const unmet = /which no plugin provides/.test(message);
    const hint = unmet ? 'Name the plugin that does: --with NAME' : first?.hint;
    return { level: 'error', subject: 'start', message, ...(hint !== undefined && { hint }) };
  }
}

/** The entries of the bot, with pins where they are wanted; they are always those of a board in memory. */
function withPins(entry: TestEntry, beside: readonly TestEntry[]): readonly TestEntry[] {
  const all = [...beside, entry].map((each) =>
    each.plugin.provides?.includes(Gpio) ? simulated(each) : each,
  );
  const provided = all.flatMap(({ plugin }) => plugin.provides ?? []);
  const wanted = all
    .flatMap(({ plugin }) => Object.values(plugin.needs ?? {}))
    .some((token) => gpio.provides?.includes(token) && !provided.includes(token));
  return wanted ? [simulated({ plugin: gpio }), ...all] : all;
}

function simulated(entry: TestEntry): TestEntry {
  const { config } = entry;
  return { ...entry, config: { ...(typeof config === 'object' && config), driver: 'simulated' } };
}

function judgeStart(bot: TestBot, { entry, strays }: LifeOptions): Finding {
  const subject = 'start';
  const state = bot.plugins.find(({ id }) => id === entry.id)?.state;
  if (state?.name === 'failed') {
    return { level: 'error', subject, message: `It does not start: ${messageOf(state.error)}` };
  }
  const other = bot.plugins.find((each) => each.state.name === 'failed');
  if (other?.state.name === 'failed') {
    const message = `The plugin "${other.id}" beside it does not start: ${messageOf(other.state.error)}`;
    return { level: 'error', subject, message };
  }
  const fault = faultIn(bot.log, strays);
  if (fault !== undefined) return { level: 'error', subject, ...fault };
  if (state?.name === 'waiting') {
    const message = `It starts, and then waits: ${state.reason}.`;
    return { level: 'warning', subject, message };
  }
  return { level: 'ok', subject, message: 'It starts.' };
}

/** The first thing that the plugin threw where no caller of it waits. */
function faultIn(
  log: TestBot['log'],
  strays: unknown[],
): Pick<Finding, 'message' | 'hint'> | undefined {
  const [stray] = strays.splice(0);
  if (stray !== undefined) {
    return {
      message: `It throws where nobody catches it: ${messageOf(stray)}`,
      hint: 'Await every promise, and call what libraries call back through run(where, task).',
    };
  }
  const line = log.find(({ level, message }) => level === 'error' && / failed in /.test(message));
  return line && { message: line.message };
}

function judgeAbouts(
  commands: readonly { readonly ownName: string; readonly about: string }[],
): Finding {
  const subject = 'commands';
  if (commands.length === 0) return { level: 'ok', subject, message: 'It has no chat command.' };
  const names = (list: typeof commands) => list.map(({ ownName }) => `!${ownName}`).join(', ');
  const silent = commands.filter(({ about }) => about.trim() === '');
  if (silent.length === 0) return { level: 'ok', subject, message: `It has ${names(commands)}.` };
  return {
    level: 'error',
    subject,
    message: `Nothing says what ${names(silent)} does, so !help cannot tell.`,
    hint: 'Give each command its about: { about: "Rolls dice" }.',
  };
}

/** Whether what it declares, for those who only look, is what it does. */
async function judgeDeclared(
  bot: TestBot,
  { id, plugin }: LifeOptions['entry'],
): Promise<readonly Finding[]> {
  const subject = 'declares';
  const commands = await bot.undeclared(id);
  const brought = (bot.find(Gadgets)?.kinds ?? []).filter((kind) => kind.plugin === id);
  const said = plugin.gadgets ?? [];
  const kinds = brought.flatMap(({ type }) =>
    said.some((each) => each.type === type) || said.length === 0
      ? []
      : [`It brings the gadget type "${type}" and does not declare it.`],
  );
  const missing = said.flatMap(({ type }) =>
    brought.some((each) => each.type === type) || plugin.provides?.includes(Gadgets)
      ? []
      : [`It declares the gadget type "${type}" and does not bring it.`],
  );
  const faults = [...commands, ...kinds, ...missing];
  if (faults.length > 0) {
    const hint = 'Let "commands" and "gadgets" of definePlugin say what start registers.';
    return [{ level: 'error', subject, message: faults.join(' '), hint }];
  }
  if (plugin.commands === undefined) return [];
  return [{ level: 'ok', subject, message: 'It registers what it declares.' }];
}

async function stop(bot: TestBot, { strays }: LifeOptions): Promise<Finding> {
  const subject = 'stop';
  const before = bot.log.length;
  await bot.stop();
  const lines = bot.log.slice(before);
  const line = lines.find(({ message }) => / did not stop (?:cleanly|within)/.test(message));
  if (line !== undefined) {
    const late = / did not stop within/.test(line.message);
    const hint = late
      ? 'Give up what is under way when "signal" fires.'
      : 'See to it that what it gives to onStop, or returns from start, does not throw.';
    return { level: 'error', subject, message: line.message, hint };
  }
  const fault = faultIn(lines, strays);
  if (fault !== undefined) return { level: 'error', subject, ...fault };
  return { level: 'ok', subject, message: 'It stops.' };
}

function leftCommands(bot: TestBot, id: string): readonly string[] {
  return bot.commands
    .filter(({ plugin }) => plugin === id)
    .map(({ ownName }) => `the command !${ownName}`);
}

function judgeLeftovers(left: readonly string[]): Finding {
  const subject = 'leftovers';
  if (left.length === 0) {
    const message = 'It leaves no pin, timer, socket, process, file or listener behind.';
    return { level: 'ok', subject, message };
  }
  return {
    level: 'error',
    subject,
    message: `After its stop it leaves ${left.join(', ')}.`,
    hint: 'Use after and every for timers; give the rest back in onStop(() => …), or in what start returns.',
  };
}

/** @param stoppedWell whether its first stop was one, so that another fault is told of */
async function startAgain(options: LifeOptions, stoppedWell: boolean): Promise<Finding> {
  const subject = 'second start';
  const bot = await start(options);
  if (!('stop' in bot)) return { ...bot, subject };
  await sleep(pause);
  const started = judgeStart(bot, options);
  const stopped = await stop(bot, options);
  if (started.level === 'error') {
    const hint = 'A bot starts it again after a change: keep nothing from one start to the next.';
    return { ...started, subject, hint };
  }
  if (stopped.level === 'error' && stoppedWell) return { ...stopped, subject };
  return { level: 'ok', subject, message: 'It starts a second time.' };
}
