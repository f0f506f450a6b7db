import { randomUUID } from 'node:crypto';
import type { Account } from '../people.js';
import type { ChatWorld } from './chat-world.js';
import type { IrcLine } from './irc-line.js';
import { judgeText } from './message-judge.js';
import { messageLine } from './message-line.js';

/** A message that is sent over the API. */
export interface PostOptions {
  /** With or without `#`. */
  readonly channel: string;
  readonly as: Account;
  readonly text: string;
  /** Id of the message that it answers. */
  readonly replyTo?: string | undefined;
}

/** What became of a message that was sent over the API. */
export type Posted =
  | { readonly id: string }
  /** The words are Twitch's, as far as they are known; they may change at will. */
  | { readonly code: string; readonly message: string };

/** Sends a message as an application does over the API; every connection in the channel sees it. */
export function postMessage(
  world: ChatWorld,
  { channel, as, text, replyTo }: PostOptions,
  tell: (channel: string, line: IrcLine) => void,
): Posted {
  const room = world.rooms.room(channel);
  const verdict = judgeText(world, room, as, text);
  if (verdict !== undefined) {
    const { reason, msgId } = verdict;
    world.hub.emit('dropped', { channel: room.name, login: as.login, text, reason });
    const code = msgId ?? (reason === 'rate' ? 'msg_ratelimit' : 'msg_rejected');
    return { code, message: 'Your message was not sent.' };
  }
  const id = randomUUID();
  const chatter = { ...as, roles: room.roles.get(as.login) ?? [] };
  const line = messageLine(world, { channel: room.name, as: chatter, text, id, replyTo });
  const common = { id, channel: room.name, login: as.login, text, action: false, replyTo };
  const message = { ...common, clientNonce: undefined, tags: {}, raw: text, at: world.now() };
  world.received.add(message);
  world.hub.emit('message', message);
  tell(room.name, line);
  return { id };
}
