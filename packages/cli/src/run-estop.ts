import { isPertyError } from '@pertybot/core';
import { EstopLatch } from '@pertybot/plugin-gpio';
import { makeStateFolder } from './bot-folder.js';
import { request } from './control/request.js';

/**
 * Stops everything, or lets it go on. The latch is written first, so that it holds even if the bot does
 * not answer.
 * @returns a sentence about it
 */
export async function runEstop(folder: string, engage: boolean): Promise<string> {
  const latch = new EstopLatch(await makeStateFolder(folder));
  if (engage) latch.write({ by: 'pertybot estop', at: new Date().toISOString() });
  else latch.remove();
  try {
    return await request(folder, { ask: 'estop', engage });
  } catch (error) {
    if (!isPertyError(error) || error.code !== 'CLI_BOT_NOT_RUNNING') throw error;
    return engage
      ? 'No bot runs. The next one starts with everything off, until you release it.'
      : 'Released. No bot runs.';
  }
}
