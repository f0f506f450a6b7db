import { randomUUID } from 'node:crypto';
import type { ChatWorld } from './chat-world.js';
import type { IrcLine } from './irc-line.js';

/** A chat that is cleared, or somebody who is timed out or banned. */
export interface ClearchatOptions {
  /** With or without `#`. */
  readonly channel: string;
  /** Who is silenced; nobody clears the whole chat. */
  readonly login?: string;
  /** Seconds of a time-out; none is a ban. */
  readonly duration?: number;
}

/** A message that is deleted. */
export interface ClearmsgOptions {
  /** With or without `#`. */
  readonly channel: string;
  /** Id of the message. */
  readonly id: string;
  /** Who wrote it. @default what is remembered of that message */
  readonly login?: string;
  /** What it said. @default what is remembered of that message */
  readonly text?: string;
}

/** The line that clears a chat or silences somebody. */
export function clearchatLine(world: ChatWorld, options: ClearchatOptions): IrcLine {
  const room = world.rooms.room(options.channel);
  const target =
    options.login === undefined ? undefined : world.people.someone({ login: options.login });
  return {
    command: 'CLEARCHAT',
    parameters: [`#${room.name}`],
    text: target?.login,
    tags: {
      'ban-duration': options.duration?.toString(),
      'room-id': room.id,
      'target-user-id': target?.id,
      'tmi-sent-ts': String(world.now()),
    },
  };
}

/** The line that deletes a message. */
export function clearmsgLine(world: ChatWorld, options: ClearmsgOptions): IrcLine {
  const room = world.rooms.room(options.channel);
  const deleted = world.recent.find(options.id);
  return {
    command: 'CLEARMSG',
    parameters: [`#${room.name}`],
    text: options.text ?? deleted?.text ?? '',
    tags: {
      login: options.login ?? deleted?.author.login ?? '',
      'room-id': '',
      'target-msg-id': options.id,
      'tmi-sent-ts': String(world.now()),
    },
  };
}

/** The line by which one person writes to another in private. */
export function whisperLine(
  world: ChatWorld,
  options: { readonly from: string; readonly to: string; readonly text: string },
): IrcLine {
  const author = world.people.someone({ login: options.from });
  return {
    prefix: `${author.login}!${author.login}@${author.login}.tmi.twitch.tv`,
    command: 'WHISPER',
    parameters: [options.to.toLowerCase()],
    text: options.text,
    tags: {
      badges: '',
      color: '',
      'display-name': author.displayName,
      emotes: '',
      'message-id': randomUUID(),
      'thread-id': '',
      turbo: '0',
      'user-id': author.id,
      'user-type': '',
    },
  };
}
