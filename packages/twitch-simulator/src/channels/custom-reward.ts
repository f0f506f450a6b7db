import type { Account } from '../people.js';
import { toTwitchTime } from '../twitch-time.js';
import { broadcaster } from './triples.js';

/** A limit that may be off. */
export interface RewardLimit {
  readonly enabled: boolean;
  readonly value: number;
}

/** What can be chosen of a reward. */
export interface RewardSettings {
  readonly title: string;
  /** Channel points. */
  readonly cost: number;
  readonly prompt: string;
  readonly enabled: boolean;
  readonly paused: boolean;
  /** Such as `#9147FF`. */
  readonly color: string;
  readonly inputRequired: boolean;
  readonly perStream: RewardLimit;
  readonly perUser: RewardLimit;
  /** Seconds. */
  readonly cooldown: RewardLimit;
  readonly skipsQueue: boolean;
}

/** A reward as it is made: what is missing is as Twitch has it by default. */
export type NewReward = Pick<RewardSettings, 'title' | 'cost'> &
  Partial<Omit<RewardSettings, 'title' | 'cost'>>;

/** A channel point reward. */
export interface CustomReward extends RewardSettings {
  readonly id: string;
  /** The application that made it; none for one made in the dashboard. */
  readonly clientId: string | undefined;
  /** Times that it was redeemed in this stream. */
  readonly redeemed: number;
  /** Milliseconds; undefined where it does not cool down. */
  readonly coolsUntil: number | undefined;
}

/** What is chosen where nothing is. */
export const usualReward: Omit<RewardSettings, 'title' | 'cost'> = {
  prompt: '',
  enabled: true,
  paused: false,
  color: '#9147FF',
  inputRequired: false,
  perStream: { enabled: false, value: 0 },
  perUser: { enabled: false, value: 0 },
  cooldown: { enabled: false, value: 0 },
  skipsQueue: false,
};

/** Whether somebody could redeem it as far as its own limit goes. */
export function isInStock({ perStream, redeemed }: CustomReward): boolean {
  return !perStream.enabled || redeemed < perStream.value;
}

const image = 'https://static-cdn.jtvnw.net/custom-reward-images/default';
const images = {
  url_1x: `${image}-1.png`,
  url_2x: `${image}-2.png`,
  url_4x: `${image}-4.png`,
};

/** A reward as Helix writes it. */
export function toHelixReward(channel: Account, reward: CustomReward, live: boolean) {
  const { perStream, perUser, cooldown } = reward;
  return {
    broadcaster_name: channel.displayName,
    broadcaster_login: channel.login,
    broadcaster_id: channel.id,
    ...common(reward, live),
    max_per_stream_setting: { is_enabled: perStream.enabled, max_per_stream: perStream.value },
    max_per_user_per_stream_setting: {
      is_enabled: perUser.enabled,
      max_per_user_per_stream: perUser.value,
    },
    global_cooldown_setting: {
      is_enabled: cooldown.enabled,
      global_cooldown_seconds: cooldown.value,
    },
  };
}

/** A reward as EventSub writes it. */
export function toEventReward(channel: Account, reward: CustomReward, live: boolean) {
  const { perStream, perUser, cooldown } = reward;
  return {
    ...broadcaster(channel),
    ...common(reward, live),
    max_per_stream: { is_enabled: perStream.enabled, value: perStream.value },
    max_per_user_per_stream: { is_enabled: perUser.enabled, value: perUser.value },
    global_cooldown: { is_enabled: cooldown.enabled, seconds: cooldown.value },
  };
}

function common(reward: CustomReward, live: boolean) {
  const { coolsUntil, redeemed } = reward;
  return {
    id: reward.id,
    image: null,
    background_color: reward.color,
    is_enabled: reward.enabled,
    cost: reward.cost,
    title: reward.title,
    prompt: reward.prompt,
    is_user_input_required: reward.inputRequired,
    is_paused: reward.paused,
    is_in_stock: isInStock(reward),
    default_image: images,
    should_redemptions_skip_request_queue: reward.skipsQueue,
    redemptions_redeemed_current_stream: live ? redeemed : null,
    cooldown_expires_at: coolsUntil === undefined ? null : toTwitchTime(coolsUntil),
  };
}
