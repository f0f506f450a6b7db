import { Inbox, inject, injectable } from '@pertybot/core';
import type { RoomStateEvent } from '@pertybot/core/host';
import { ChannelJoiner } from '../outgoing/channel-joiner.js';
import { SendQueue } from '../outgoing/send-queue.js';
import type { RoomSettings } from '../tmi/chat-connection.js';
import type { IrcTags } from '../tmi/irc-tags.js';

/** Takes how channels are set: it tells that the bot is in, and how often it may write. */
@injectable()
export class RoomStates {
  constructor(
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(SendQueue) private readonly queue: SendQueue,
  ) {}

  /** Takes the settings as they came. */
  take({ channel, tags }: RoomSettings): void {
    const state = toRoomState(channel, tags);
    if (state.slow !== undefined) this.queue.setSlow(channel, state.slow);
    // In full it comes after a join alone; a part of it tells only that something changed.
    const whole = state.slow !== undefined && state.subscribersOnly !== undefined;
    this.joiner.confirm(channel, { roomId: tags.get('room-id'), whole });
    this.queue.flush();
    this.inbox.emit('roomState', state);
  }
}

/** How a ROOMSTATE says that the room is set; Twitch sends only what changed. */
function toRoomState(channel: string, tags: IrcTags): RoomStateEvent {
  return {
    channel,
    ...numberOf(tags, 'slow', 'slow'),
    ...numberOf(tags, 'followers-only', 'followersOnly'),
    ...flagOf(tags, 'subs-only', 'subscribersOnly'),
    ...flagOf(tags, 'emote-only', 'emoteOnly'),
    ...flagOf(tags, 'r9k', 'uniqueOnly'),
  };
}

function numberOf<Key extends string>(tags: IrcTags, tag: string, key: Key) {
  const value = Number(tags.get(tag) || Number.NaN);
  // The key is the literal that was given.
  return (Number.isNaN(value) ? {} : { [key]: value }) as { readonly [key in Key]?: number };
}

function flagOf<Key extends string>(tags: IrcTags, tag: string, key: Key) {
  const value = tags.get(tag);
  return (value === undefined ? {} : { [key]: value === '1' }) as {
    readonly [key in Key]?: boolean;
  };
}
