import type { Attribution } from '@pertybot/core';
import type { FeedCause } from '../shared/feed.js';

/** What is told of the gpio plugin's guard, which acts by itself. */
const guardPrefix = 'guard: ';

/** Who or what is behind something that runs just now, as the page tells it. */
export function toCause(attribution: Attribution | undefined): FeedCause | undefined {
  if (attribution === undefined) return undefined;
  const { where, user, messageId, reward } = attribution;
  if (where.startsWith(guardPrefix))
    return { by: `the guard (${where.slice(guardPrefix.length)})` };
  const [what = '', ...rest] = where.split(' ');
  const name = rest.join(' ');
  if (what === 'listener') return { by: name, event: name };
  const by = user ?? words[what] ?? (what === 'input' ? name : undefined);
  if (by === undefined && messageId === undefined && reward === undefined) return undefined;
  return {
    ...(by !== undefined && { by }),
    ...(messageId !== undefined && { messageId }),
    ...(reward !== undefined && { reward }),
  };
}

/** Of what has no name of its own. */
const words: Readonly<Record<string, string>> = { terminal: 'the owner', timer: 'a timer' };
