import { type AsyncUndo, messageOf } from '@pertybot/core';
import { type ReloadResult, type WatchOptions, watchBot } from '@pertybot/core/host';
import { clockTime } from '../terminal/pretty-log.js';
import type { Style } from '../terminal/style.js';
import { toPlainLines } from '../terminal/text.js';

/** What an edit did to the bot. */
export interface ReloadNews {
  /** A sentence, perhaps with the lines that are wrong below it. */
  readonly text: string;
  /** Whether the edit did not come to run. */
  readonly isFault: boolean;
}

/** Has edits taken from now on. A bot that cannot watch its files says so, and goes on. */
export async function watchEdits(
  bot: Parameters<typeof watchBot>[0],
  news: WatchOptions,
  tell: (news: ReloadNews) => void,
): Promise<AsyncUndo> {
  try {
    return await watchBot(bot, news);
  } catch (error) {
    const text = `Edits are only taken by a new start, for the files cannot be watched: ${messageOf(error)}`;
    tell({ text, isFault: true });
    return async () => {};
  }
}

/** Listens to reloads and tells of each once; after a fault also that there is none any more. */
export function reloadNews(tell: (news: ReloadNews) => void): WatchOptions {
  let isBroken = false;
  return {
    onReload: (result: ReloadResult) => {
      const isFault = result.rolledBack !== undefined;
      const text = describeReload(result);
      const isMended = isBroken && !isFault;
      isBroken = isFault;
      if (isMended) tell({ text: mended(text), isFault });
      else if (text !== undefined) tell({ text, isFault });
    },
    onError: (error: unknown) => {
      isBroken = true;
      tell({ text: `The edit changes nothing yet:\n${messageOf(error)}`, isFault: true });
    },
  };
}

function mended(text: string | undefined): string {
  return text === undefined
    ? 'All is well again: the bot runs what its files say.'
    : `${text} All is well again.`;
}

/**
 * What a reload did, in a sentence.
 * @returns undefined when nothing of the bot changed
 */
export function describeReload(result: ReloadResult): string | undefined {
  if (result.rolledBack !== undefined) {
    // Why is in the log, with its place and its cure.
    return `The edit was undone, the bot runs on as before: ${result.rolledBack.replace(/: .*/s, '.')}`;
  }
  const parts = [
    sentence('added', result.added),
    sentence('removed', result.removed),
    sentence('changed', [...result.changed, ...result.reconfigured]),
  ].filter((part) => part !== undefined);
  const restarted = sentence('restarted', result.restarted);
  const sentences = [
    parts.length === 0 ? '' : `Reloaded: ${[...parts, restarted].filter(Boolean).join('; ')}.`,
    ...(result.outdated ?? []).map(
      ({ id, installed }) =>
        `${id} ${installed} is installed; start the bot again to run it, until then it runs on as it was.`,
    ),
  ].filter((each) => each !== '');
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function sentence(what: string, ids: readonly string[]): string | undefined {
  return ids.length === 0 ? undefined : `${what} ${[...new Set(ids)].join(', ')}`;
}

/** What an edit did, as people read it; what is wrong is red. */
export function formatReloadNews({ text, isFault }: ReloadNews, at: Date, style: Style): string {
  const [first = '', ...rest] = toPlainLines(text).split('\n');
  const head = isFault ? style.red(`✗ ${first}`) : style.cyan(first);
  return [`${style.dim(clockTime(at.toISOString()))}  ${head}`, ...rest].join('\n');
}
