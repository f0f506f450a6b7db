import { stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { isPertyError, messageOf } from '@pertybot/core';
import { Bot, silentLogger } from '@pertybot/core/host';
import {
  askGuardian,
  EstopLatch,
  type GpioConfig,
  makePinsSafe,
  OwnLines,
  outputsToStop,
  PinsFile,
  type SafePin,
  type StoppedPin,
  setConfiguredPins,
  stopPins,
} from '@pertybot/plugin-gpio';
import { besidePertybot, makeStateFolder } from '../bot-folder/bot-folder.js';
import { botLockHolder } from '../bot-process/bot-lock.js';
import { answerLimit, askBot, request } from '../control/control-client.js';
import { signalBot } from './prove-bot.js';

/** What an emergency stop did. */
export interface EstopReport {
  /** Sentences about it, a line each. */
  readonly text: string;
  /** Whether every output is known to be off, and to stay so. */
  readonly complete: boolean;
}

/** How long the bot may take until its pins are set without it, milliseconds. */
const patience = 2_000;

/**
 * Stops everything. The latch is written first, so that it holds even if the bot does not answer;
 * then the bot is told; then, if it does not answer, its pins are set from here.
 */
export async function engageEstop(folder: string): Promise<EstopReport> {
  const fault = await latch(folder);
  const stopped = await stopOutputs(folder, fault === undefined);
  if (fault === undefined) return stopped;
  const text = [stopped.text, await whatHolds(folder, fault)];
  return { text: text.filter((line) => line !== '').join('\n'), complete: false };
}

/**
 * Lets everything go on.
 * @returns a sentence about it
 * @throws CliError CLI_BOT_SILENT when the running bot does not answer; the latch is gone all the same
 */
export async function releaseEstop(folder: string): Promise<string> {
  await requireFolder(folder);
  const latches = [join(folder, '.pertybot'), join(folder, '.pertybot', 'dev')]
    .map((each) => new EstopLatch(each))
    .filter((each) => each.look().state === 'latched' || each.read() !== undefined);
  for (const each of latches) each.remove();
  try {
    const until = uptime() + answerLimit / 1_000;
    return await request(folder, { ask: 'estop', engage: false, until });
  } catch (error) {
    if (!isPertyError(error) || error.code !== 'CLI_BOT_NOT_RUNNING') throw error;
    return latches.length > 0 ? 'Released. No bot runs.' : 'There was no stop, and no bot runs.';
  }
}

/**
 * Sets the pins that a bot left on when it died; where one runs, nothing is done. For the end of a
 * service: it latches nothing.
 */
export async function tidyPins(folder: string): Promise<EstopReport> {
  await makeStateFolder(folder);
  if ((await botLockHolder(folder)) !== undefined) {
    return { text: 'A bot runs; its pins are its own.', complete: true };
  }
  const withoutList = (state: 'absent' | 'unreadable') => tidyConfigured(folder, state);
  const path = join(folder, '.pertybot', 'pins.json');
  const pins = await makePinsSafe(path, { botIsDead: true, withoutList });
  const nothing = 'No pin was left on.';
  return { text: pins.map(describePin).join('\n') || nothing, complete: !pins.some(failed) };
}

/** What is true of a stop whose file could not be written. */
async function whatHolds(folder: string, fault: string): Promise<string> {
  const owner = (await stat(folder)).uid;
  const user = process.getuid?.() ?? owner;
  if (user !== 0 && user !== owner) {
    return 'You are not the owner of this folder: your stop does not keep its bot off. Run it as the owner, or with sudo.';
  }
  const seen = new EstopLatch(join(folder, '.pertybot'));
  const { state } = seen.look();
  const why = `its file could not be written: ${fault}`;
  if (state === 'latched' || state === 'unreadable') return `The stop holds, but ${why}`;
  if (seen.read() !== undefined) return `The stop holds until this machine restarts: ${why}`;
  return `The stop ends with a restart: ${why}`;
}

/** @returns why it could not be written */
async function latch(folder: string): Promise<string | undefined> {
  // A folder that is not there has no bot; anything else must not keep the pins on.
  await requireFolder(folder);
  try {
    const record = { by: 'pertybot estop', at: new Date().toISOString() };
    new EstopLatch(join(folder, '.pertybot')).write(record);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** @throws CliError CLI_FOLDER_MISSING */
async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) await makeStateFolder(folder);
}

async function stopOutputs(folder: string, isLatched: boolean): Promise<EstopReport> {
  const answer = await askForStop(folder);
  if (answer.done) return lookAfter(folder, answer.text);
  const { pins, guardian, doubts } = await outputsToStop(folder);
  const signalled = await signalHolder(folder);
  if (guardian !== undefined) await askGuardian(guardian);
  const stopped = await stopPins(pins);
  const lines = [
    ...headlines(answer.text, signalled, isLatched),
    ...stopped.map(describe),
    ...doubts,
  ];
  const complete = doubts.length === 0 && stopped.every(({ state }) => state === 'off');
  return { text: lines.join('\n'), complete };
}

/** What the bot says of it; without a text where none runs. */
async function askForStop(folder: string): Promise<{ done: boolean; text?: string }> {
  try {
    return await askBot(folder, { ask: 'estop', engage: true }, patience);
  } catch (error) {
    const runs = !isPertyError(error) || error.code !== 'CLI_BOT_NOT_RUNNING';
    return runs ? { done: false, text: messageOf(error) } : { done: false };
  }
}

/** The bot has set its outputs: what can be seen of them from here must agree. */
async function lookAfter(folder: string, text = ''): Promise<EstopReport> {
  const { pins } = new PinsFile(join(folder, '.pertybot', 'pins.json')).read();
  const on = (await stopPins(pins, { lookOnly: true })).filter(({ state }) => state === 'on');
  if (on.length === 0) return { text, complete: true };
  return { text: ['The bot has stopped, but:', ...on.map(describe)].join('\n'), complete: false };
}

function headlines(
  answer: string | undefined,
  signalled: string | undefined,
  isLatched: boolean,
): string[] {
  const told = answer === undefined ? [] : [`The outputs are set without the bot: ${answer}`];
  if (signalled !== undefined) return [...told, signalled];
  if (told.length > 0) return told;
  // Nothing is promised of a stop that could not be written.
  const next = ' The next one starts with everything off, until you release it.';
  return [`No bot runs.${isLatched ? next : ''}`];
}

/** A bot whose socket is gone still hears a signal. @returns a sentence, where something holds the lock */
async function signalHolder(folder: string): Promise<string | undefined> {
  const holder = await botLockHolder(folder).catch(() => undefined);
  if (holder === undefined) return undefined;
  if (holder === 'unknown') return 'A bot runs, and which process it is could not be read.';
  const doubt = signalBot(holder, join(folder, '.pertybot'));
  return doubt ?? `Process ${holder.pid}, which runs the bot, was sent SIGUSR2.`;
}

function describe({ name, state, reason }: StoppedPin): string {
  if (state === 'off') return `${name} is off.`;
  const why = reason === undefined ? '.' : `: ${reason}.`;
  return `${name} ${state === 'on' ? 'is' : 'may be'} on${why}`;
}

function failed({ outcome }: SafePin): boolean {
  return outcome !== 'set';
}

function describePin({ name, outcome, reason }: SafePin): string {
  if (outcome === 'set') return `${name} is off.`;
  return `${name} may be on: ${reason ?? 'unknown reason'}`;
}

/** Plugins whose config names pins. */
const gpioUse = /^(gpio|@pertybot\/plugin-gpio)$/;

/**
 * Switches off the outputs that plugins.yaml names, for a bot whose list of outputs is lost.
 * @param state what became of the list; one that is absent after a clean end of a service was not lost
 * @param environment in which systemd says how the service ended
 */
async function tidyConfigured(
  folder: string,
  state: 'absent' | 'unreadable',
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly SafePin[]> {
  if (state === 'absent' && environment.SERVICE_RESULT === 'success') return [];
  try {
    const bot = await Bot.load({ folder, logger: silentLogger, resolveFrom: besidePertybot });
    const ownLines = new OwnLines(join(folder, '.pertybot'));
    const results: SafePin[] = [];
    for (const plugin of bot.plugins) {
      if (!gpioUse.test(plugin.use) || plugin.state.name === 'disabled') continue;
      // The plugin's own schema has made it when the bot was loaded.
      const config = bot.configOf(plugin.id) as GpioConfig;
      results.push(...(await setConfiguredPins(config, ownLines)));
    }
    return results;
  } catch (error) {
    const reason = `plugins.yaml does not say which outputs there are: ${messageOf(error)}`;
    return [{ offset: -1, name: 'An output', safe: 0, outcome: 'failed', reason }];
  }
}
