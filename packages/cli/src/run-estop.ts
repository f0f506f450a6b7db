import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isPertyError, messageOf, startTimeOf } from '@pertybot/core';
import { EstopLatch, makePinsSafe, type SafePin } from '@pertybot/plugin-gpio';
import { makeStateFolder } from './bot-folder.js';
import { botLockHolder } from './bot-lock.js';
import { askBot } from './control/control-client.js';
import { request } from './control/request.js';
import { tidyConfigured } from './tidy-configured.js';

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
  const stopped = await stopOutputs(folder);
  if (fault === undefined) return stopped;
  return { text: `${stopped.text}\nA restart would end the stop: ${fault}`, complete: false };
}

/**
 * Lets everything go on.
 * @returns a sentence about it
 * @throws CliError CLI_BOT_SILENT when the running bot does not answer; the latch is gone all the same
 */
export async function releaseEstop(folder: string): Promise<string> {
  new EstopLatch(await makeStateFolder(folder)).remove();
  try {
    return await request(folder, { ask: 'estop', engage: false });
  } catch (error) {
    if (!isPertyError(error) || error.code !== 'CLI_BOT_NOT_RUNNING') throw error;
    return 'Released. No bot runs.';
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
  const pins = await makePinsSafe(pinsFileIn(folder), { botIsDead: true, withoutList });
  const nothing = 'No pin was left on.';
  return { text: pins.map(describePin).join('\n') || nothing, complete: !pins.some(failed) };
}

/** @returns why it could not be written */
async function latch(folder: string): Promise<string | undefined> {
  try {
    const stateFolder = await makeStateFolder(folder);
    new EstopLatch(stateFolder).write({ by: 'pertybot estop', at: new Date().toISOString() });
    return undefined;
  } catch (error) {
    // A folder that is not there has no bot; anything else must not keep the pins on.
    if (isPertyError(error) && error.code === 'CLI_FOLDER_MISSING') throw error;
    return messageOf(error);
  }
}

async function stopOutputs(folder: string): Promise<EstopReport> {
  try {
    const { text } = await askBot(folder, { ask: 'estop', engage: true }, patience);
    return { text, complete: true };
  } catch (error) {
    const isSilent = !isPertyError(error) || error.code !== 'CLI_BOT_NOT_RUNNING';
    const signalled = await signalBot(folder);
    const withoutList = (state: 'absent' | 'unreadable') => tidyConfigured(folder, state);
    const pins = await makePinsSafe(pinsFileIn(folder), { withoutList });
    const lines = [headline(isSilent ? messageOf(error) : undefined, signalled)];
    return { text: [...lines, ...pins.map(describePin)].join('\n'), complete: !pins.some(failed) };
  }
}

function headline(silence: string | undefined, signalled: number | undefined): string {
  if (signalled !== undefined) return `Process ${signalled}, which runs the bot, was sent SIGUSR2.`;
  if (silence !== undefined) return `The outputs are set without the bot: ${silence}`;
  return 'No bot runs. The next one starts with everything off, until you release it.';
}

/** A bot whose socket is gone still hears a signal; one without pins would be ended by it. */
async function signalBot(folder: string): Promise<number | undefined> {
  if (!existsSync(pinsFileIn(folder))) return undefined;
  const holder = await botLockHolder(folder).catch(() => undefined);
  if (typeof holder !== 'object' || startTimeOf(holder.pid) !== holder.startTime) return undefined;
  try {
    process.kill(holder.pid, 'SIGUSR2');
    return holder.pid;
  } catch {
    // It has just died, or is another user's: its pins are set from here.
    return undefined;
  }
}

function pinsFileIn(folder: string): string {
  return join(folder, '.pertybot', 'pins.json');
}

function failed({ outcome }: SafePin): boolean {
  return outcome !== 'set';
}

function describePin({ name, outcome, reason }: SafePin): string {
  if (outcome === 'set') return `${name} is off.`;
  return `${name} may be on: ${reason ?? 'unknown reason'}`;
}
