import { randomUUID } from 'node:crypto';
import type { ChatWorld } from './chat-world.js';
import type { Role } from './chatter.js';
import { type Chatter, toBadgeTags } from './chatter.js';
import { emotesTag } from './emotes.js';
import type { IrcLine, Tags } from './irc-line.js';
import { userPrefix } from './join-handler.js';

/** The room that a message of a shared chat was written in. */
export interface SharedSource {
  readonly channel: string;
  /** The message's id there. @default a new one */
  readonly id?: string;
  /** What the author is in that room. @default [] */
  readonly roles?: readonly Role[];
}

/** Something that somebody writes in a channel. */
export interface SayOptions {
  /** With or without `#`. */
  readonly channel: string;
  readonly as: Chatter;
  readonly text: string;
  /** How many bits come with it. */
  readonly bits?: number | undefined;
  /** Whether it is a /me. */
  readonly action?: boolean | undefined;
  /** Id of the message that it answers; `@name` is put before the text, as Twitch does. */
  readonly replyTo?: string | undefined;
  /** The channel point reward that it redeems. */
  readonly customRewardId?: string | undefined;
  /** Whether it is the author's first message in this channel. @default false */
  readonly firstMessage?: boolean | undefined;
  /** Makes it a message of a shared chat. */
  readonly sharedFrom?: SharedSource | undefined;
  /** @default a new UUID */
  readonly id?: string | undefined;
  /** Tags to add or change; undefined leaves one out. */
  readonly tags?: Tags | undefined;
}

/** The line by which a channel hears that message; it can be answered from then on. */
export function messageLine(world: ChatWorld, options: SayOptions): IrcLine {
  const room = world.rooms.room(options.channel);
  const author = world.people.someone(options.as);
  const badges = toBadgeTags(options.as, room.name);
  const id = options.id ?? randomUUID();
  const parent = options.replyTo === undefined ? undefined : world.recent.find(options.replyTo);
  const text =
    parent === undefined ? options.text : `@${parent.author.displayName} ${options.text}`;
  const thread = parent === undefined ? undefined : (parent.thread ?? parent.id);
  world.recent.add({ id, channel: room.name, author, text: options.text, thread });
  return {
    prefix: userPrefix(author.login),
    command: 'PRIVMSG',
    parameters: [`#${room.name}`],
    text: options.action === true ? `\u0001ACTION ${text}\u0001` : text,
    tags: {
      'badge-info': badges.badgeInfo,
      badges: badges.badges,
      bits: options.bits === undefined ? undefined : String(options.bits),
      color: options.as.color ?? '',
      'custom-reward-id': options.customRewardId,
      'display-name': author.displayName,
      emotes: emotesTag(text),
      'first-msg': options.firstMessage === true ? '1' : '0',
      flags: '',
      id,
      mod: badges.moderator ? '1' : '0',
      'returning-chatter': '0',
      'room-id': room.id,
      subscriber: badges.subscriber ? '1' : '0',
      'tmi-sent-ts': String(world.now()),
      turbo: '0',
      'user-id': author.id,
      'user-type': badges.moderator ? 'mod' : '',
      vip: badges.vip ? '1' : undefined,
      ...world.recent.replyTags(options.replyTo),
      ...sourceTags(world, options),
      ...options.tags,
    },
  };
}

/** The tags that tell from which room of a shared chat a line comes. */
export function sourceTags(
  world: ChatWorld,
  options: { readonly as?: Chatter | undefined; readonly sharedFrom?: SharedSource | undefined },
): Tags {
  const { as, sharedFrom } = options;
  if (sharedFrom === undefined) return {};
  const source = world.rooms.room(sharedFrom.channel);
  const author = as ?? { login: source.name };
  const badges = toBadgeTags({ login: author.login, roles: sharedFrom.roles ?? [] }, source.name);
  return {
    'source-badge-info': badges.badgeInfo,
    'source-badges': badges.badges,
    'source-id': sharedFrom.id ?? randomUUID(),
    'source-only': '0',
    'source-room-id': source.id,
  };
}
