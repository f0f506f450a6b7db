import type { Undo } from '../contracts/consumer.js';
import { messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import { type Attribution, attributionNow } from '../events/attribution.js';
import type { Bot } from './bot.js';

/** What {@link catchProcessFaults} needs of the program. */
export interface ProcessFaultsOptions {
  readonly bot: Pick<Bot, 'fault' | 'stop'>;
  readonly logger: Logger;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** What a bot that ends tells of further faults: to tell one may itself fail, as where its terminal is gone. */
const mostTold = 10;

/**
 * Catches what nobody caught. What a plugin left behind counts as its fault and the bot goes on; what
 * belongs to nobody stops the bot, which makes every pin safe, and ends the process with 1.
 */
export function catchProcessFaults({ bot, logger, exit }: ProcessFaultsOptions): Undo {
  let told = 0;
  const onError = (error: unknown, attribution = attributionNow()) => {
    if (attribution && attribution.plugin !== '') {
      bot.fault(attribution, error);
      return;
    }
    told += 1;
    if (told > mostTold) return;
    const isFirst = told === 1;
    logger.error(`PertyBot itself failed and stops: ${messageOf(error)}`, { error });
    if (!isFirst) return;
    const end = () => exit(1);
    bot.stop().then(end, end);
  };
  const onEvent = (error: unknown) => onError(error);
  process.on('uncaughtException', onEvent);
  process.on('unhandledRejection', onEvent);
  // Whoever ends the process from within a plugin ends every other plugin, too.
  const onExit = (code: number) => {
    const { plugin = '', where = '' } = attributionNow() ?? {};
    if (plugin === '') return;
    // For whoever sees to it that the bot runs, this was no end as it should be.
    if (code === 0) process.exitCode = 1;
    logger.error(
      `The plugin "${plugin}" ended the bot in ${where}: it called process.exit(${code}).`,
    );
  };
  process.on('exit', onExit);
  const stopCatching = catchInMicrotasks(onError);
  return () => {
    stopCatching();
    process.off('exit', onExit);
    process.off('uncaughtException', onEvent);
    process.off('unhandledRejection', onEvent);
  };
}

/** What a microtask throws reaches `uncaughtException` without its plugin, so it is caught before. */
function catchInMicrotasks(onError: (error: unknown, attribution: Attribution) => void): Undo {
  const { queueMicrotask: native } = globalThis;
  const catching: typeof native = (task) => {
    const attribution = attributionNow();
    if (attribution === undefined || typeof task !== 'function') return native(task);
    return native(() => {
      try {
        task();
      } catch (error) {
        onError(error, attribution);
      }
    });
  };
  globalThis.queueMicrotask = catching;
  return () => {
    if (globalThis.queueMicrotask === catching) globalThis.queueMicrotask = native;
  };
}
