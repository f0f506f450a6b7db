import type { Logger } from '@pertybot/core';
import { type ImportPatience, silentLogger, watchStalls } from '@pertybot/core/host';

/** How long a module may take to load for a command that only looks, milliseconds. */
export const lookingLimit = 10_000;

/** How commands that only look wait for plugins to load: whoever sits before them is told, and not for long. */
export const lookingPatience: ImportPatience = {
  onSlow: (use) => say(`"${use}" has not finished loading yet.`),
  limit: lookingLimit,
};

/**
 * Looks at plugins. An endless loop at the top of one of their modules is named on stderr, and ends the process as
 * it would end the bot.
 */
export async function whileWatched<Result>(look: () => Promise<Result>): Promise<Result> {
  const unwatch = watchStalls({ logger: toStderr });
  try {
    return await look();
  } finally {
    unwatch();
  }
}

const toStderr: Logger = {
  ...silentLogger,
  warn: say,
  error: (message, { stack } = {}) =>
    say(typeof stack === 'string' ? `${message}\n${stack}` : message),
};

function say(text: string): void {
  // A terminal shows on the same line what goes on.
  const begin = process.stderr.isTTY ? '\r\u001b[K' : '';
  process.stderr.write(`${begin}${text}\n`);
}
