import type { PrivateMessage } from './chat-connection.js';
import { RawTags } from './irc-tags.js';

const at = 64;
const colon = 58;
const actionMark = 1;
const command = ' PRIVMSG #';
const actionPrefix = '\u0001ACTION ';

/** What the fast path makes of a line. */
export type LineReading =
  /** A line of chat. */
  | PrivateMessage
  /** Something else, for tmi.js. */
  | 'other'
  /** A PRIVMSG that breaks off; tmi.js would throw on it. */
  | 'broken';

/**
 * Reads `@tags :login!login@login.tmi.twitch.tv PRIVMSG #channel :text` by searching for its
 * separators alone.
 */
export function readPrivateMessageLine(line: string): LineReading {
  if (line.charCodeAt(0) !== at) return 'other';
  const tagsEnd = line.indexOf(' ');
  if (tagsEnd === -1) return 'broken';
  if (line.charCodeAt(tagsEnd + 1) !== colon) return 'other';
  const prefixEnd = line.indexOf(' ', tagsEnd + 2);
  if (prefixEnd === -1) return 'broken';
  if (!line.startsWith(command, prefixEnd)) return 'other';
  const prefix = line.slice(tagsEnd + 2, prefixEnd);
  const bang = prefix.indexOf('!');
  const channelAt = prefixEnd + command.length;
  const channelEnd = line.indexOf(' :', channelAt);
  if (bang < 1 || channelEnd <= channelAt || channelEnd + 2 >= line.length) return 'broken';
  const login = prefix.slice(0, bang);
  // Lines of Twitch's old announcer are no chat.
  if (login === 'jtv') return 'other';
  const text = line.slice(channelEnd + 2);
  const action = isAction(text);
  return {
    channel: line.slice(channelAt, channelEnd),
    login,
    text: action ? text.slice(actionPrefix.length, -1) : text,
    action,
    tags: new RawTags(line, tagsEnd),
  };
}

function isAction(text: string): boolean {
  return (
    text.charCodeAt(0) === actionMark &&
    text.startsWith(actionPrefix) &&
    text.charCodeAt(text.length - 1) === actionMark &&
    text.length > actionPrefix.length + 1
  );
}
