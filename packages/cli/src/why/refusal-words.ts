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
  busy: 'too many calls of it have not ended',
  fault: 'it failed too often',
  stopped: 'everything was stopped while it waited',
};

/** What {@link refusalInWords} looks at. */
export interface RefusalInWords {
  readonly reason: string;
  /** Milliseconds until it would be allowed. */
  readonly retryAfter?: number | undefined;
  readonly text?: string | undefined;
}

/** What became of a command that was refused, such as `did not run: on cooldown, again in 5s`. */
export function refusalInWords({ reason, retryAfter, text }: RefusalInWords): string {
  if (reason === 'unsaid') return `ran, but its answer was not said: ${text ?? 'for some reason'}`;
  const again = retryAfter === undefined ? '' : `, again in ${formatDuration(retryAfter)}`;
  return `did not run: ${words[reason] ?? reason}${again}`;
}
