import type { ChatMessage, ChatUser } from '@pertybot/core';
import type { ReplyParent } from '@pertybot/core/host';
import type { PrivateMessage } from '../tmi/chat-connection.js';
import type { IrcTags } from '../tmi/irc-tags.js';
import { IrcChatUser } from './irc-chat-user.js';

/** How much faster than Twitch's our clock may run where nothing keeps it: 100 ppm, twice what a crystal does. */
const drift = 1e-4;

/**
 * Tells how late the lines of one connection are. Twitch says when it took a line by a clock of its own, and
 * ours does not know the time of day, so a line is late by what it took longer than the fastest one.
 */
export class MessageAges {
  private least = Number.POSITIVE_INFINITY;
  private lastAt = 0;

  /**
   * @param sentAt when Twitch took the line, by its clock
   * @param arrivedAt when it came, by a clock that never jumps
   * @returns milliseconds; undefined when Twitch does not say when it took the line
   */
  of(sentAt: number, arrivedAt: number): number | undefined {
    if (!(sentAt > 0)) return undefined;
    const difference = arrivedAt - sentAt;
    this.least = Math.min(this.least + drift * (arrivedAt - this.lastAt), difference);
    this.lastAt = arrivedAt;
    return difference - this.least;
  }
}

/** The connection that a line came by, and when. */
export interface Arrival {
  /** Login of the bot. */
  readonly botLogin: string;
  readonly ages: MessageAges;
  /** By a clock that never jumps. */
  readonly at: number;
}

/** A line of chat. Its fields are read from the tags when somebody asks for them. */
export class IrcChatMessage implements ChatMessage {
  readonly channel: string;
  readonly text: string;
  readonly action: boolean;
  /** Room in which it was written, when that is another one. */
  readonly sharedFrom: string | undefined;
  private readonly login: string;
  private readonly tags: IrcTags;
  private readUser: ChatUser | undefined;
  private readAge: number | undefined;

  constructor(
    message: PrivateMessage,
    readonly id: string,
    private readonly arrival: Arrival,
  ) {
    this.channel = message.channel;
    this.text = withoutFiller(message.text);
    this.action = message.action;
    this.login = message.login;
    this.tags = message.tags;
    const source = this.tags.get('source-room-id');
    this.sharedFrom = source === undefined || source === this.roomId ? undefined : source;
  }

  get bits(): number {
    return Number(this.tags.get('bits') ?? 0) || 0;
  }

  get customRewardId(): string | undefined {
    return this.tags.get('custom-reward-id') || undefined;
  }

  get roomId(): string {
    return this.tags.get('room-id') ?? '';
  }

  get user(): ChatUser {
    this.readUser ??= new IrcChatUser(this.tags, this.login, this.sharedFrom !== undefined);
    return this.readUser;
  }

  get replyTo(): ReplyParent | undefined {
    const messageId = this.tags.get('reply-parent-msg-id');
    if (messageId === undefined) return undefined;
    const userLogin = this.tags.get('reply-parent-user-login') ?? '';
    return {
      messageId,
      userId: this.tags.get('reply-parent-user-id') ?? '',
      userLogin,
      userDisplayName: this.tags.get('reply-parent-display-name') || userLogin,
      text: this.tags.get('reply-parent-msg-body') ?? '',
    };
  }

  get firstMessage(): boolean {
    return this.tags.get('first-msg') === '1';
  }

  get sentAt(): number {
    return Number(this.tags.get('tmi-sent-ts') ?? 0) || 0;
  }

  get age(): number | undefined {
    this.readAge ??= this.arrival.ages.of(this.sentAt, this.arrival.at);
    return this.readAge;
  }

  get mentionsBot(): boolean {
    return namesLogin(this.text, this.arrival.botLogin);
  }

  /** All fields as plain values, since JSON skips getters. */
  toJSON(): ChatMessage {
    const { id, channel, roomId, user, text, action, bits, replyTo, customRewardId } = this;
    const { firstMessage, sentAt, mentionsBot, sharedFrom } = this;
    return {
      id,
      channel,
      roomId,
      user: user instanceof IrcChatUser ? user.toJSON() : user,
      text,
      action,
      bits,
      replyTo,
      customRewardId,
      firstMessage,
      sentAt,
      mentionsBot,
      sharedFrom,
    };
  }
}

const fillerEnd = 0xdc00;
const space = 32;
const filler = '\u{e0000}';

/** Takes off what chat programs put behind a repeated line: a space and U+E0000. */
function withoutFiller(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  if (last !== fillerEnd && last !== space) return text;
  // An expression that looks for the end is tried anew at each space of a long line.
  for (let line = text; ; line = line.slice(0, -filler.length)) {
    line = line.trimEnd();
    if (!line.endsWith(filler)) return line;
  }
}

/** Whether `text` holds `login` as a word of its own, with or without `@`, in any case. */
export function namesLogin(text: string, login: string): boolean {
  if (login === '') return false;
  const line = text.toLowerCase();
  let at = line.indexOf(login);
  while (at !== -1) {
    const end = at + login.length;
    if (!isLoginCharacter(line.charCodeAt(at - 1)) && !isLoginCharacter(line.charCodeAt(end))) {
      return true;
    }
    at = line.indexOf(login, end);
  }
  return false;
}

/** Whether a character can belong to a login: a to z, 0 to 9, underscore. */
function isLoginCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}
