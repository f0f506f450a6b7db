import { setTimeout as pause } from 'node:timers/promises';
import { AccessTokens, Chat, errorCodeOf, v } from '@pertybot/core';
import { Bot, catchProcessFaults, readBotFileText, watchStalls } from '@pertybot/core/host';
import { Gadgets, Gpio, pinsLeftOn } from '@pertybot/plugin-gpio';
import { besidePertybot, makeStateFolder } from '../bot-folder/bot-folder.js';
import { takeBotLock } from '../bot-process/bot-lock.js';
import { withoutTwitch } from '../bot-process/dev-overlay.js';
import { endSoon } from '../bot-process/end-soon.js';
import { createLogger } from '../bot-process/logging.js';
import { onShutdown, saySafe } from '../bot-process/shutdown.js';
import { BotControl } from '../control/bot-control.js';
import { request } from '../control/control-client.js';
import { outcomeSchema } from '../control/control-protocol.js';
import { ControlServer } from '../control/control-server.js';
import { CliError } from '../terminal/cli-error.js';

/** What a gadget shall do. */
export interface GadgetDeed {
  readonly name: string;
  /** Such as `blink 3`. */
  readonly action: string;
}

/** Milliseconds between two looks at what is still on. */
const glance = 100;

/** Has the running bot drive a gadget; where none runs, drives it alone. */
export async function driveGadget(
  folder: string,
  deed: GadgetDeed,
  print: (text: string) => void,
): Promise<void> {
  try {
    print(await request(folder, { ask: 'gadget', ...deed }));
  } catch (error) {
    if (errorCodeOf(error) !== 'CLI_BOT_NOT_RUNNING') throw error;
    await driveAlone(folder, deed, print);
  }
}

/**
 * Drives a gadget of a bot that does not run: starts it without Twitch, and stops it when everything is off
 * again or somebody ends it.
 * @param print hears what became of it
 * @throws CliError CLI_BOT_REFUSED when the gadget did not do it
 */
async function driveAlone(
  folder: string,
  deed: GadgetDeed,
  print: (text: string) => void,
): Promise<void> {
  // Before anything is made in a folder that may not be a bot's.
  await readBotFileText(folder);
  const stateFolder = await makeStateFolder(folder);
  const lock = await takeBotLock(stateFolder, 'pertybot gadgets');
  const logger = createLogger({ folder, level: 'warn' });
  const ended = new AbortController();
  const undo = onShutdown(() => ended.abort());
  try {
    const { '@pertybot/plugin-gpio': _, ...overlay } = withoutTwitch;
    const leaveOut = [Chat, AccessTokens];
    const options = { folder, stateFolder, overlay, leaveOut, resolveFrom: besidePertybot };
    const bot = await Bot.load({ ...options, logger });
    const unwatchStalls = bot.isWatched ? watchStalls({ logger }) : () => {};
    const stopCatching = catchProcessFaults({ bot, logger, exit: (code) => process.exit(code) });
    const { handle } = new BotControl(bot, 'pertybot gadgets');
    // So that an emergency stop reaches it.
    const control = await ControlServer.start(stateFolder, logger, handle);
    try {
      await bot.start();
      const { done, text } = v.parse(outcomeSchema, await handle({ ask: 'gadget', ...deed }));
      if (!done) throw new CliError('CLI_BOT_REFUSED', text);
      print(text);
      if (isBusy(bot)) print('No bot runs, so it ends with this command: Ctrl-C.');
      while (isBusy(bot) && !ended.signal.aborted) {
        await pause(glance, undefined, { signal: ended.signal }).catch(() => undefined);
      }
    } finally {
      await control.stop();
      await bot.stop();
      stopCatching();
      unwatchStalls();
      saySafe(pinsLeftOn(stateFolder), logger);
    }
  } finally {
    undo();
    await lock.release();
    endSoon();
  }
}

function isBusy(bot: Bot): boolean {
  const outputs = bot.find(Gpio)?.outputs ?? [];
  return outputs.some(({ on }) => on) || (bot.find(Gadgets)?.list ?? []).some(({ busy }) => busy);
}
