import type { RoomStateEvent } from '@pertybot/core';
import type { IrcTags } from '../tmi/irc-tags.js';

/** How a ROOMSTATE says that the room is set; Twitch sends only what changed. */
export function toRoomState(channel: string, tags: IrcTags): RoomStateEvent {
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
