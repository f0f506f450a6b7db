import { messageOf } from '@pertybot/core';
import type { ReloadResult, WatchOptions } from '@pertybot/core/host';
import { describeReload } from './describe-reload.js';

/** What an edit did to the bot. */
export interface ReloadNews {
  /** A sentence, perhaps with the lines that are wrong below it. */
  readonly text: string;
  /** Whether the edit did not come to run. */
  readonly isFault: boolean;
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
