import type { IncomingLine } from './chat-connection.js';
import { IrcTags } from './irc-tags.js';
import type { ParsedLine } from './tmi-client.js';

/** What a line that is no chat turns out to be. */
export type ServerLineReading =
  | IncomingLine
  /** Nothing that the bot is told of. */
  | 'other'
  /** It lacks what its command should bear. */
  | 'broken';

/**
 * Reads what Twitch tells beside chat.
 * @param login as whom the bot is logged in
 */
export function readServerLine(line: ParsedLine, login: string): ServerLineReading {
  const { command, prefix, params } = line;
  const [target = '', text = ''] = params;
  const channel = target.startsWith('#') ? target.slice(1) : '';
  switch (command) {
    case 'NOTICE':
      return readNotice(line);
    case 'USERNOTICE': {
      const tags = tagsOf(line);
      const id = tags.get('msg-id');
      return id && channel ? { kind: 'userNotice', channel, id, text, tags } : 'broken';
    }
    case 'ROOMSTATE':
      return channel ? { kind: 'roomState', channel, tags: tagsOf(line) } : 'broken';
    case 'CLEARCHAT':
    case 'CLEARMSG':
      return channel ? readModeration(line, channel, text) : 'broken';
    case 'PART':
      return prefix?.startsWith(`${login}!`) ? { kind: 'parted', channel } : 'other';
    case 'PRIVMSG':
      // Lines of chat bear tags, and were taken before; Twitch's old announcer is no chat.
      return prefix?.startsWith('jtv') ? 'other' : 'broken';
    default:
      return 'other';
  }
}

/** The tags of a line; it need not have any. */
export function tagsOf({ raw }: ParsedLine): IrcTags {
  return new IrcTags(raw.startsWith('@') ? raw.slice(1, raw.indexOf(' ')) : '');
}

/** One without an id is Twitch's answer to a login, or nothing that anybody could act on. */
function readNotice(line: ParsedLine): ServerLineReading {
  const [target = '', text] = line.params;
  if (text === undefined) return 'broken';
  const id = tagsOf(line).get('msg-id');
  if (!id) return 'other';
  const place = target.startsWith('#') ? { channel: target.slice(1) } : {};
  return { kind: 'notice', ...place, id, text };
}

function readModeration(line: ParsedLine, channel: string, text: string): ServerLineReading {
  const tags = tagsOf(line);
  const kind = 'moderation';
  if (line.command === 'CLEARMSG') {
    const messageId = tags.get('target-msg-id');
    if (!messageId) return 'broken';
    const login = tags.get('login') ?? '';
    return { kind, event: { channel, action: 'delete', login, messageId } };
  }
  if (text === '') return { kind, event: { channel, action: 'clear' } };
  const duration = tags.get('ban-duration');
  if (duration === undefined) return { kind, event: { channel, action: 'ban', login: text } };
  const seconds = Number(duration) || 0;
  return { kind, event: { channel, action: 'timeout', login: text, duration: seconds } };
}
