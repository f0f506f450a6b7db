import {
  type Chat,
  type ChatMessage,
  type Delivery,
  Inbox,
  inject,
  injectable,
  type SayOptions,
} from '@pertybot/core';
import { ChannelJoiner } from './channel-joiner.js';
import { DroppedTexts } from './dropped-texts.js';
import { isLonger, sanitiseText, shieldCommand, splitText } from './message-text.js';
import { SendQueue } from './send-queue.js';

/** Longest message, characters. */
const longestMessage = 500;
/** What the wrapping of /me takes of it, characters. */
const actionWrapping = 9;
/** How many messages one text may become. */
const mostParts = 10;
const tooLong = `it is longer than ${mostParts} messages`;

/** The way out to Twitch chat. */
@injectable()
export class TmiChat implements Chat {
  constructor(
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(SendQueue) private readonly queue: SendQueue,
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(DroppedTexts) private readonly dropped: DroppedTexts,
  ) {}

  get channels(): readonly string[] {
    return this.joiner.joined;
  }

  say(text: string, { channel }: SayOptions = {}): Promise<Delivery> {
    return this.sayIn(channel, { text, action: false });
  }

  action(text: string, { channel }: SayOptions = {}): Promise<Delivery> {
    return this.sayIn(channel, { text, action: true });
  }

  reply(message: ChatMessage, text: string): Promise<Delivery> {
    // Twitch puts the name of the one who is answered in front of the text.
    const room = longestMessage - message.user.login.length - 2;
    return this.send({ channel: message.channel, text, action: false, room, replyTo: message.id });
  }

  private async sayIn(
    channel: string | undefined,
    { text, action }: { readonly text: string; readonly action: boolean },
  ): Promise<Delivery> {
    const room = action ? longestMessage - actionWrapping : longestMessage;
    const channels =
      channel === undefined
        ? this.joiner.all.map((each) => each.channel)
        : [channel.replace(/^#/, '').toLowerCase()];
    const deliveries = await Promise.all(
      channels.map((name) => this.send({ channel: name, text, action, room })),
    );
    const written = deliveries.find(({ status }) => status === 'written');
    return written ?? deliveries[0] ?? { status: 'dropped', reason: 'the bot has no channel' };
  }

  private send(said: Said): Promise<Delivery> {
    const { channel, replyTo } = said;
    const text = sanitiseText(said.text);
    const answered = replyTo === undefined ? {} : { replyTo };
    return this.deliver(said, text).then((delivery) => {
      if (delivery.status === 'dropped') this.dropped.note(channel, delivery.reason);
      this.inbox.emit('reply', { channel, text, ...answered, delivery });
      return delivery;
    });
  }

  private deliver({ channel, action, room, replyTo }: Said, text: string): Promise<Delivery> {
    const membership = this.joiner.membership(channel);
    if (text === '') return this.drop('there is no text');
    if (membership === undefined) return this.drop(`the bot does not sit in "${channel}"`);
    if (membership.state === 'out' && membership.problem !== undefined)
      return this.drop(membership.problem);
    // Splitting takes long where a text is very long.
    if (isLonger(text, mostParts * room)) return this.drop(tooLong);
    const parts = toParts(text, { action, room });
    if (parts.length > mostParts) return this.drop(tooLong);
    const parent = replyTo === undefined ? undefined : toReplyId(replyTo);
    return this.queue.send({ channel, parts, action, room, replyTo: parent });
  }

  private drop(reason: string): Promise<Delivery> {
    return Promise.resolve({ status: 'dropped', reason });
  }
}

interface Said {
  readonly channel: string;
  readonly text: string;
  readonly action: boolean;
  /** Characters that a message may have. */
  readonly room: number;
  readonly replyTo?: string;
}

/** The messages that a text becomes. */
function toParts(
  text: string,
  { action, room }: { readonly action: boolean; readonly room: number },
): readonly string[] {
  // With room for the shield; UTF-16 units are never fewer than characters.
  if (text.length < room) return [action ? text : shieldCommand(text)];
  const parts = splitText(text, room);
  return action ? parts : parts.flatMap((part) => shielded(part, room));
}

/** A part that is no command; it may become two, which must be none either. */
function shielded(part: string, room: number): readonly string[] {
  const safe = shieldCommand(part);
  return isLonger(safe, room) ? splitText(part, room - 1).map(shieldCommand) : [safe];
}

/** The id as it may stand in a tag; anything else than Twitch's form is left out. */
function toReplyId(id: string): string | undefined {
  return /^[\w-]{1,64}$/.test(id) ? id : undefined;
}
