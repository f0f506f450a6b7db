import {
  Bot,
  guardProcess,
  type Logger,
  type LogLevel,
  messageOf,
  type PluginState,
} from '@pertybot/core';
import { besidePertybot, makeStateFolder } from './bot-folder.js';
import { BotLock } from './bot-lock.js';
import { endSoon } from './end-soon.js';
import { createLogger } from './logging.js';
import { onShutdown } from './shutdown.js';
import { SystemBrowser } from './system-browser.js';
import { TerminalPrompt } from './terminal-prompt.js';

/** What `pertybot start` was told. */
export interface RunStartOptions {
  readonly folder: string;
  readonly logLevel: LogLevel;
}

/** Runs the bot until the process is asked to end. */
export async function runStart({ folder, logLevel }: RunStartOptions): Promise<void> {
  const stateFolder = await makeStateFolder(folder);
  const lock = await BotLock.take(stateFolder, 'pertybot start');
  process.stderr.on('error', () => {});
  const logger = createLogger({ level: logLevel });
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const undo = onShutdown((signal) => {
    logger.info(`Stopping, because of ${signal}. Once more to stop at once.`);
    end();
  });
  try {
    const bot = await Bot.load({
      folder,
      stateFolder,
      logger,
      browser: new SystemBrowser(),
      prompt: new TerminalPrompt(),
      resolveFrom: besidePertybot,
    });
    const unguard = guardProcess({ bot, logger, exit: (code) => process.exit(code) });
    try {
      const started = bot.start().then(() => logReady(bot, logger));
      await Promise.race([ended, started.then(() => ended)]);
    } finally {
      await bot.stop();
      unguard();
      logger.info('Stopped; every pin is off.');
    }
  } finally {
    undo();
    await lock.release();
    endSoon();
  }
}

function logReady(bot: Bot, logger: Logger): void {
  const ids = (name: PluginState['name']) =>
    bot.plugins.filter(({ state }) => state.name === name).map(({ id }) => id);
  logger.info('The bot is ready.', { running: ids('running') });
  for (const { id, state } of bot.plugins) {
    if (state.name === 'waiting') logger.warn(`The plugin "${id}" waits: ${state.reason}.`);
    if (state.name === 'failed') {
      logger.error(`The plugin "${id}" failed: ${messageOf(state.error)}`, { error: state.error });
    }
  }
}
