import type { PrivateMessage } from './chat-connection.js';
import { IrcTags } from './irc-tags.js';

const at = 64;
const colon = 58;
const actionMark = 1;
const command = ' PRIVMSG #';
const actionPrefix = '\u0001ACTION ';

/** What a line turns out to be. */
export type LineReading =
  /** A line of chat. */
  | PrivateMessage
  /** Something else. */
  | 'other'
  /** A PRIVMSG that breaks off. */
  | 'broken';

/**
 * Reads `@tags :login!login@login.tmi.twitch.tv PRIVMSG #channel :text` by searching for its
 * separators alone.
 * @param frame what holds the line; a line cut out of it would be searched more slowly
 * @param start index of the line's first character @default 0
 * @param stop index behind its last one @default the end of `frame`
 */
export function readPrivateMessageLine(
  frame: string,
  start = 0,
  stop: number = frame.length,
): LineReading {
  if (frame.charCodeAt(start) !== at) return 'other';
  const tagsEnd = find(frame, ' ', start, stop);
  if (tagsEnd === -1) return 'broken';
  if (frame.charCodeAt(tagsEnd + 1) !== colon) return 'other';
  const prefixEnd = find(frame, ' ', tagsEnd + 2, stop);
  if (prefixEnd === -1) return 'broken';
  if (!frame.startsWith(command, prefixEnd)) return 'other';
  const bang = find(frame, '!', tagsEnd + 2, prefixEnd);
  const channelAt = prefixEnd + command.length;
  const channelEnd = find(frame, ' ', channelAt, stop);
  if (bang <= tagsEnd + 2 || channelEnd <= channelAt || channelEnd + 2 >= stop) return 'broken';
  if (frame.charCodeAt(channelEnd + 1) !== colon) return 'broken';
  const login = frame.slice(tagsEnd + 2, bang);
  const text = frame.slice(channelEnd + 2, stop);
  const action = isAction(text);
  return {
    kind: 'message',
    channel: frame.slice(channelAt, channelEnd),
    login,
    text: action ? text.slice(actionPrefix.length, -1) : text,
    action,
    tags: new IrcTags(frame.slice(start + 1, tagsEnd)),
  };
}

/** Index of the character `what` between `start` and `stop`, or -1. */
function find(frame: string, what: string, start: number, stop: number): number {
  const index = frame.indexOf(what, start);
  return index < stop ? index : -1;
}

function isAction(text: string): boolean {
  return (
    text.charCodeAt(0) === actionMark &&
    text.startsWith(actionPrefix) &&
    text.charCodeAt(text.length - 1) === actionMark &&
    text.length > actionPrefix.length + 1
  );
}
