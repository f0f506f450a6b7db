import { attributionNow } from './attribution.js';
import type { Bot } from './bot.js';
import { messageOf } from './errors.js';
import type { Logger } from './logger.js';
import type { Undo } from './undo.js';

/** What {@link guardProcess} needs of the program. */
export interface ProcessGuardOptions {
  readonly bot: Pick<Bot, 'fault' | 'stop'>;
  readonly logger: Logger;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/**
 * Catches what nobody caught. What a plugin left behind counts as its fault and the bot goes on; what
 * belongs to nobody stops the bot, which makes every pin safe, and ends the process with 1.
 */
export function guardProcess({ bot, logger, exit }: ProcessGuardOptions): Undo {
  let ending = false;
  const onError = (error: unknown) => {
    const attribution = attributionNow();
    if (attribution && attribution.plugin !== '') {
      bot.fault(attribution, error);
      return;
    }
    logger.error(`PertyBot itself failed and stops: ${messageOf(error)}`, { error });
    if (ending) return;
    ending = true;
    const end = () => exit(1);
    bot.stop().then(end, end);
  };
  process.on('uncaughtException', onError);
  process.on('unhandledRejection', onError);
  return () => {
    process.off('uncaughtException', onError);
    process.off('unhandledRejection', onError);
  };
}
