import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AsyncUndo, type Logger, messageOf } from '@pertybot/core';
import {
  Bot,
  catchProcessFaults,
  type LogLevel,
  type PluginState,
  readBotFileText,
  watchStalls,
} from '@pertybot/core/host';
import { besidePertybot, makeStateFolder } from '../bot-folder/bot-folder.js';
import { takeBotLock } from '../bot-process/bot-lock.js';
import { endSoon } from '../bot-process/end-soon.js';
import { createLogger } from '../bot-process/logging.js';
import { type ReloadNews, reloadNews, watchEdits } from '../bot-process/reload-news.js';
import { onShutdown, saySafe } from '../bot-process/shutdown.js';
import { hideInOutput, logConsole } from '../bot-process/stdout.js';
import { BotControl } from '../control/bot-control.js';
import { ControlServer } from '../control/control-server.js';
import { LogFile } from '../logs/log-file.js';
import { keepNotes } from '../notes/note-files.js';
import { KeptLog } from '../page/kept-log.js';
import { OwnerDesk } from '../page/owner-desk.js';
import { notifyService } from '../service/service-notifier.js';
import { SystemBrowser } from '../terminal/system-browser.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';

/** What `pertybot start` was told. */
export interface RunStartOptions {
  readonly folder: string;
  readonly logLevel: LogLevel;
}

/** Runs the bot until the process is asked to end. */
export async function runStart({ folder, logLevel }: RunStartOptions): Promise<void> {
  // Before anything is made in a folder that may not be a bot's.
  await readBotFileText(folder);
  const stateFolder = await makeStateFolder(folder);
  const lock = await takeBotLock(stateFolder, 'pertybot start');
  process.stderr.on('error', () => {});
  const kept = new KeptLog();
  const writeFile = openLogFile(stateFolder);
  const copy = (line: string) => {
    writeFile?.(line);
    kept.write(line);
  };
  const logger = createLogger({ folder, level: logLevel, copy });
  const desk = new OwnerDesk(folder, kept);
  const showOutput = hideInOutput(folder);
  const undoConsole = logConsole(logger);
  const unwatchStalls = watchStalls({ logger, json: !process.stderr.isTTY });
  let isEnding = false;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = () => {
      isEnding = true;
      resolve();
    };
  });
  const undo = onShutdown((signal) => {
    logger.info(`Stopping, because of ${signal}. Once more to stop at once.`);
    end();
  });
  try {
    await switchOffLeft(stateFolder, logger);
    const loading = Bot.load({
      folder,
      stateFolder,
      logger,
      browser: new SystemBrowser(),
      prompt: new TerminalPrompt(),
      control: desk,
      resolveFrom: besidePertybot,
    });
    // Whoever ends it need not wait for a module that never finishes loading.
    const bot = await Promise.race([loading, ended]);
    if (!bot) return;
    if (!bot.isWatched) unwatchStalls();
    const stopCatching = catchProcessFaults({ bot, logger, exit: (code) => process.exit(code) });
    const requests = new BotControl(bot, 'pertybot start');
    const tellNews = ({ text, isFault }: ReloadNews) => logger[isFault ? 'error' : 'info'](text);
    const news = reloadNews(tellNews);
    desk.serve({ bot, requests, onReload: news.onReload });
    const control = await ControlServer.start(stateFolder, logger, requests.handle);
    let unwatch: AsyncUndo = () => {};
    let stopNoting: AsyncUndo = () => {};
    let started: Promise<void> = ended;
    const sayStopping = notifyService({ bot, logger });
    try {
      started = bot.start().then(async () => {
        // The stop settles a start as well, which is no news then, and nothing is to be watched any more.
        if (isEnding) return;
        logReady(bot, logger);
        stopNoting = keepNotes(bot, logger);
        unwatch = await watchEdits(bot, news, tellNews);
        if (isEnding) return;
        logger.debug('Watching plugins.yaml, .env and local plugins.');
        return ended;
      });
      await Promise.race([ended, started]);
    } finally {
      await sayStopping();
      await stopNoting();
      await unwatch();
      await control.stop();
      await bot.stop();
      // It may have been about to watch.
      await Promise.allSettled([started]);
      await unwatch();
      stopCatching();
      saySafe(await pinsLeft(stateFolder), logger);
    }
  } finally {
    undo();
    undoConsole();
    showOutput();
    unwatchStalls();
    await lock.release();
    endSoon();
  }
}

/** A service has the journal; a disk that takes no log is no reason not to run. */
function openLogFile(stateFolder: string): ((line: string) => void) | undefined {
  if (process.env.PERTYBOT_SERVICE !== undefined) return undefined;
  try {
    const file = new LogFile(join(stateFolder, 'logs'));
    return (line) => file.write(line);
  } catch {
    return undefined;
  }
}

/** What a bot that died has left on, before anything: this one may not get as far as its plugins, or have no pins now. */
async function switchOffLeft(stateFolder: string, logger: Logger): Promise<void> {
  if (!existsSync(join(stateFolder, 'pins.json'))) return;
  try {
    const gpio = await import('@pertybot/plugin-gpio');
    await gpio.switchOffLeft(stateFolder, logger);
  } catch (error) {
    logger.error(`What a bot that died may have left on was not looked at: ${messageOf(error)}`);
  }
}

/** By the code beside this, which may be gone by now, or not be opened: then nobody knows. */
async function pinsLeft(stateFolder: string): Promise<readonly string[]> {
  try {
    const { pinsLeftOn } = await import('@pertybot/plugin-gpio');
    return pinsLeftOn(stateFolder);
  } catch (error) {
    return [`The list of outputs that may be on could not be read: ${messageOf(error)}`];
  }
}

function logReady(bot: Bot, logger: Logger): void {
  const ids = (name: PluginState['name']) =>
    bot.plugins.filter(({ state }) => state.name === name).map(({ id }) => id);
  logger.info('The bot is ready.', { running: ids('running') });
  for (const { id, state } of bot.plugins) {
    if (state.name === 'waiting') logger.warn(`The plugin "${id}" waits: ${state.reason}.`);
  }
}
