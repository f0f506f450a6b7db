import { toTwitchTime } from '../twitch-time.js';
import type { BySomebody, ChannelWorld } from './channel-world.js';
import { broadcaster, user } from './triples.js';

/** Somebody follows a channel. */
export function follow(world: ChannelWorld, options: BySomebody): void {
  const channel = world.channels.named(options.channel);
  const account = world.people.someone(options.as);
  const at = world.now();
  channel.followers.set(account.id, { account, at });
  world.notify({
    type: 'channel.follow',
    version: '2',
    about: { broadcaster_user_id: channel.account.id },
    event: {
      ...user(account),
      ...broadcaster(channel.account),
      followed_at: toTwitchTime(at),
    },
  });
}
