import { randomInt } from 'node:crypto';
import { toTwitchTime } from '../twitch-time.js';
import type { ChannelWorld, OnChannel } from './channel-world.js';
import { broadcaster } from './triples.js';

/** A stream begins. */
export interface GoLiveOptions extends OnChannel {
  /** @default 'live' */
  readonly type?: 'live' | 'playlist' | 'watch_party' | 'premiere' | 'rerun' | (string & {});
}

/** A channel's title, category or language changes; what is missing stays. */
export interface UpdateChannelOptions extends OnChannel {
  readonly title?: string;
  readonly category?: string;
  /** Such as `en`. */
  readonly language?: string;
}

/** A stream begins; one that is live goes on. */
export function goLive(world: ChannelWorld, options: GoLiveOptions): void {
  const channel = world.channels.named(options.channel);
  if (channel.stream !== undefined) return;
  const id = String(randomInt(10 ** 11, 10 ** 12));
  const startedAt = world.now();
  const stream = { id, type: options.type ?? 'live', startedAt };
  channel.stream = stream;
  for (const [rewardId, reward] of channel.rewards) {
    channel.rewards.set(rewardId, { ...reward, redeemed: 0 });
  }
  world.notify({
    type: 'stream.online',
    about: { broadcaster_user_id: channel.account.id },
    event: {
      id,
      ...broadcaster(channel.account),
      type: stream.type,
      started_at: toTwitchTime(startedAt),
    },
  });
}

/** A stream ends; nothing happens where none is live. */
export function goOffline(world: ChannelWorld, { channel: name }: OnChannel): void {
  const channel = world.channels.named(name);
  const { stream } = channel;
  if (stream === undefined) return;
  channel.stream = undefined;
  world.notify({
    type: 'stream.offline',
    about: { broadcaster_user_id: channel.account.id },
    event: { id: stream.id, ...broadcaster(channel.account) },
  });
}

/** A channel's title, category or language changes. */
export function updateChannel(world: ChannelWorld, options: UpdateChannelOptions): void {
  const channel = world.channels.named(options.channel);
  channel.title = options.title ?? channel.title;
  channel.language = options.language ?? channel.language;
  if (options.category !== undefined) {
    channel.category = { id: categoryId(options.category), name: options.category };
  }
  world.notify({
    type: 'channel.update',
    version: '2',
    about: { broadcaster_user_id: channel.account.id },
    event: {
      ...broadcaster(channel.account),
      title: channel.title,
      language: channel.language,
      category_id: channel.category.id,
      category_name: channel.category.name,
      content_classification_labels: [],
    },
  });
}

/** Always the same number for the same name. */
function categoryId(name: string): string {
  return String(
    [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 10 ** 6, 7),
  );
}
