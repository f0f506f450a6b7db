import { formatDuration } from '@pertybot/core';

const words: Readonly<Record<string, string>> = {
  starting: 'the bot was still starting',
  unknown: 'there is no such command',
  disabled: 'it is switched off',
  role: 'this viewer may not',
  arguments: 'wrong arguments',
  late: 'it came too late',
  cooldown: 'on cooldown',
  queue: 'too many were waiting',
  stopped: 'everything was stopped while it waited',
};

/**
 * Why a command did not run, in words.
 * @param retryAfter milliseconds until it would be allowed
 */
export function refusalInWords(reason: string, retryAfter?: number): string {
  const again = retryAfter === undefined ? '' : `, again in ${formatDuration(retryAfter)}`;
  return `${words[reason] ?? reason}${again}`;
}
