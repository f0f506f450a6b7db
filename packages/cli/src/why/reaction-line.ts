import type { ReactionReport } from '../control/control-protocol.js';
import { clockTime } from '../terminal/pretty-log.js';
import { toPlainText } from '../terminal/text.js';

/** What an event set off, or why it set nothing off, as the owner reads it. Nothing of chat may speak to the terminal. */
export function toReactionLine({ time, ...reaction }: ReactionReport[number]): string {
  return `${clockTime(time)}  ${toPlainText(inWords(reaction))}`;
}

function inWords(reaction: Omit<ReactionReport[number], 'time'>): string {
  const { event, plugin, user, did, reason, text } = reaction;
  const who = user === undefined ? event : `${user}: ${event}`;
  if (did !== undefined) return `${who} set off ${did} (${plugin})`;
  return `${who} set nothing off (${plugin}): ${text ?? reason ?? 'for some reason'}`;
}
