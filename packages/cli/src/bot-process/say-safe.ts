import type { Logger } from '@pertybot/core';

/**
 * Says how a bot that has stopped left its pins; where one may be on, the process ends with exit code 1.
 * @param left a sentence about each output that may be on
 */
export function saySafe(left: readonly string[], logger: Logger): void {
  if (left.length === 0) {
    logger.info('Stopped; every pin is off.');
    return;
  }
  for (const sentence of left) logger.error(sentence);
  logger.error('Stopped, but an output may be on. It is tried on, and again at the next start.');
  process.exitCode = 1;
}
