import type { AccountOptions } from '../people.js';
import { toTwitchTime } from '../twitch-time.js';
import type { ChannelWorld, OnChannel } from './channel-world.js';
import { broadcaster, named } from './triples.js';

/** Advertisements begin. */
export interface AdBreakOptions extends OnChannel {
  /** Seconds. @default 60 */
  readonly seconds?: number;
  /** Whether nobody asked for them. @default false */
  readonly automatic?: boolean;
  /** Who asked for them. @default the broadcaster */
  readonly by?: AccountOptions;
}

/** One channel praises another. */
export interface ShoutoutOptions extends OnChannel {
  /** Login of the channel that is praised. */
  readonly to: string;
  /** Who does it. @default the broadcaster */
  readonly by?: AccountOptions;
  /** Viewers who see it. @default 10 */
  readonly viewers?: number;
}

/** The shield goes up or down. */
export interface ShieldModeOptions extends OnChannel {
  readonly on: boolean;
  /** Who does it. @default the broadcaster */
  readonly by?: AccountOptions;
}

const minute = 60_000;

/** Advertisements begin; nobody is told when they end. */
export function adBreak(world: ChannelWorld, options: AdBreakOptions): void {
  const { account } = world.channels.named(options.channel);
  const requester = options.by === undefined ? account : world.people.someone(options.by);
  world.notify({
    type: 'channel.ad_break.begin',
    about: { broadcaster_user_id: account.id },
    event: {
      ...broadcaster(account),
      ...named('requester_user', requester),
      started_at: toTwitchTime(world.now()),
      duration_seconds: options.seconds ?? 60,
      is_automatic: options.automatic ?? false,
    },
  });
}

/** One channel praises another; both are told. */
export function shoutout(world: ChannelWorld, options: ShoutoutOptions): void {
  const { account: from } = world.channels.named(options.channel);
  const { account: to } = world.channels.named(options.to);
  const moderator = options.by === undefined ? from : world.people.someone(options.by);
  const now = world.now();
  const shared = { viewer_count: options.viewers ?? 10, started_at: toTwitchTime(now) };
  world.notify({
    type: 'channel.shoutout.create',
    about: { broadcaster_user_id: from.id },
    event: {
      ...broadcaster(from),
      ...named('to_broadcaster_user', to),
      ...named('moderator_user', moderator),
      ...shared,
      cooldown_ends_at: toTwitchTime(now + 2 * minute),
      target_cooldown_ends_at: toTwitchTime(now + 60 * minute),
    },
  });
  world.notify({
    type: 'channel.shoutout.receive',
    about: { broadcaster_user_id: to.id },
    event: { ...broadcaster(to), ...named('from_broadcaster_user', from), ...shared },
  });
}

/** The shield goes up or down; nothing happens where it is so already. */
export function shieldMode(world: ChannelWorld, options: ShieldModeOptions): void {
  const channel = world.channels.named(options.channel);
  if (channel.shield === options.on) return;
  channel.shield = options.on;
  const { account } = channel;
  const moderator = options.by === undefined ? account : world.people.someone(options.by);
  const at = toTwitchTime(world.now());
  world.notify({
    type: `channel.shield_mode.${options.on ? 'begin' : 'end'}`,
    about: { broadcaster_user_id: account.id },
    event: {
      ...broadcaster(account),
      ...named('moderator_user', moderator),
      ...(options.on ? { started_at: at } : { ended_at: at }),
    },
  });
}

/** The channel's viewers land in another one, whose chat is told. */
export function raidOut(
  world: ChannelWorld,
  options: OnChannel & { readonly to: string; readonly viewers: number },
): void {
  const { account } = world.channels.named(options.channel);
  const { viewers, to } = options;
  world.chat.usernotice({ channel: to, type: 'raid', as: account, viewers });
}
