import { v } from '@pertybot/core';
import type { TwitchApi, TwitchApiRequest } from '../twitch-api.js';
import { readAnswer } from './read-answer.js';

/** A channel whose rewards are meant: its login, and Twitch's id of its broadcaster. */
export interface RewardChannel {
  readonly login: string;
  readonly id: string;
}

/** What the bot can say of a reward, in the words of its own. */
export interface RewardSettings {
  readonly title: string;
  readonly cost: number;
  readonly prompt: string;
  readonly input: boolean;
  /** Seconds, 0 for none. */
  readonly cooldown: number;
  /** 0 for any number. */
  readonly maxPerStream: number;
  /** 0 for any number. */
  readonly maxPerUser: number;
  /** `#RRGGBB`; undefined leaves Twitch's own. */
  readonly color?: string | undefined;
  readonly paused: boolean;
}

/** A reward on Twitch. */
export interface TwitchReward extends RewardSettings {
  readonly id: string;
  readonly enabled: boolean;
  /** Whether its redemptions are fulfilled at once, so that nothing could be given back. */
  readonly skipsQueue: boolean;
}

/** A redemption that nobody has settled. */
export interface OpenRedemption {
  readonly id: string;
  readonly rewardId: string;
  readonly user: { readonly id: string; readonly login: string; readonly displayName: string };
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly redeemedAt: number;
}

/** How a redemption ends. */
export type RedemptionStatus = 'FULFILLED' | 'CANCELED';

/** The most redemptions that Twitch settles in one call. */
export const mostAtOnce = 50;

const rewardsPath = 'channel_points/custom_rewards';
const redemptionsPath = 'channel_points/custom_rewards/redemptions';

/** The one scope of all of it. */
export const rewardScope = 'channel:manage:redemptions';

/**
 * Twitch's calls about rewards: the one file that knows their names of things.
 * @see https://dev.twitch.tv/docs/api/reference/#create-custom-rewards
 */
export class HelixRewards {
  constructor(
    private readonly api: TwitchApi,
    private readonly signal?: AbortSignal,
  ) {}

  /** The rewards that this app has made and may change, or those of everybody. */
  async list(channel: RewardChannel, of: 'ours' | 'everybody'): Promise<readonly TwitchReward[]> {
    const query = of === 'ours' ? { only_manageable_rewards: true } : {};
    const answer = await this.call(channel, { path: rewardsPath, query });
    return readAnswer(rewardsAnswer, answer).data.map(toReward);
  }

  async create(channel: RewardChannel, settings: RewardSettings): Promise<TwitchReward> {
    const body = { ...toBody(settings), is_enabled: true };
    const answer = await this.call(channel, { method: 'POST', path: rewardsPath, body });
    const [reward] = readAnswer(rewardsAnswer, answer).data.map(toReward);
    if (reward === undefined) throw new TypeError('Twitch made a reward and does not say which.');
    // A new one cannot be made paused.
    return settings.paused ? this.change(channel, reward.id, { paused: true }) : reward;
  }

  /** @param options `hidden`: whether viewers do not see it any more */
  async change(
    channel: RewardChannel,
    id: string,
    settings: Partial<RewardSettings>,
    { hidden = false }: { readonly hidden?: boolean } = {},
  ): Promise<TwitchReward> {
    const body = { ...toBody(settings), is_enabled: !hidden };
    const query = { id };
    const answer = await this.call(channel, { method: 'PATCH', path: rewardsPath, query, body });
    const [reward] = readAnswer(rewardsAnswer, answer).data.map(toReward);
    if (reward === undefined)
      throw new TypeError('Twitch changed a reward and does not say which.');
    return reward;
  }

  /** Twitch fulfils what is open of it: that must be settled before. */
  async remove(channel: RewardChannel, id: string): Promise<void> {
    await this.call(channel, { method: 'DELETE', path: rewardsPath, query: { id } });
  }

  /** What is open of a reward, oldest first. */
  async open(channel: RewardChannel, rewardId: string): Promise<readonly OpenRedemption[]> {
    const found: OpenRedemption[] = [];
    for (let after: string | undefined; ; ) {
      const filter = { reward_id: rewardId, status: 'UNFULFILLED', sort: 'OLDEST' };
      const query = { ...filter, first: mostAtOnce, after };
      const answer = await this.call(channel, { path: redemptionsPath, query });
      const { data, pagination } = readAnswer(redemptionsAnswer, answer);
      found.push(...data.map((each) => toRedemption(each, rewardId)));
      after = pagination?.cursor ?? undefined;
      if (after === undefined || after === '' || data.length === 0) return found;
    }
  }

  /**
   * Tells Twitch how redemptions of one reward end, at most {@link mostAtOnce}.
   * @returns those that end so; the others were settled before
   */
  async settle(
    channel: RewardChannel,
    rewardId: string,
    { ids, status }: { readonly ids: readonly string[]; readonly status: RedemptionStatus },
  ): Promise<readonly string[]> {
    const query = { reward_id: rewardId, id: ids };
    const body = { status };
    const answer = await this.call(channel, {
      method: 'PATCH',
      path: redemptionsPath,
      query,
      body,
    });
    return readAnswer(settledAnswer, answer).data.map(({ id }) => id);
  }

  private call({ login, id }: RewardChannel, request: TwitchApiRequest): Promise<unknown> {
    return this.api.request({
      ...request,
      account: { account: 'broadcaster', channel: login },
      query: { broadcaster_id: id, ...request.query },
      scopes: [rewardScope],
      ...(this.signal && { signal: this.signal }),
    });
  }
}

const rewardSchema = v.object({
  id: v.string(),
  title: v.string(),
  cost: v.number(),
  prompt: v.optional(v.nullable(v.string()), ''),
  background_color: v.optional(v.nullable(v.string())),
  is_enabled: v.optional(v.boolean(), true),
  is_paused: v.optional(v.boolean(), false),
  is_user_input_required: v.optional(v.boolean(), false),
  should_redemptions_skip_request_queue: v.optional(v.boolean(), false),
  max_per_stream_setting: v.optional(v.record(v.string(), v.unknown()), {}),
  max_per_user_per_stream_setting: v.optional(v.record(v.string(), v.unknown()), {}),
  global_cooldown_setting: v.optional(v.record(v.string(), v.unknown()), {}),
});

const rewardsAnswer = v.object({ data: v.array(rewardSchema) });

const redemptionSchema = v.object({
  id: v.string(),
  user_id: v.string(),
  user_login: v.string(),
  user_name: v.string(),
  user_input: v.optional(v.nullable(v.string()), ''),
  redeemed_at: v.string(),
});

const settledAnswer = v.object({ data: v.array(v.object({ id: v.string() })) });

const redemptionsAnswer = v.object({
  data: v.array(redemptionSchema),
  pagination: v.optional(v.object({ cursor: v.optional(v.nullable(v.string())) })),
});

function toReward(reward: v.InferOutput<typeof rewardSchema>): TwitchReward {
  return {
    id: reward.id,
    title: reward.title,
    cost: reward.cost,
    prompt: reward.prompt ?? '',
    input: reward.is_user_input_required,
    cooldown: limitOf(reward.global_cooldown_setting, 'global_cooldown_seconds'),
    maxPerStream: limitOf(reward.max_per_stream_setting, 'max_per_stream'),
    maxPerUser: limitOf(reward.max_per_user_per_stream_setting, 'max_per_user_per_stream'),
    color: reward.background_color ?? undefined,
    paused: reward.is_paused,
    enabled: reward.is_enabled,
    skipsQueue: reward.should_redemptions_skip_request_queue,
  };
}

function limitOf(setting: Readonly<Record<string, unknown>>, name: string): number {
  const most = setting[name];
  return setting.is_enabled === true && typeof most === 'number' ? most : 0;
}

function toRedemption(
  redemption: v.InferOutput<typeof redemptionSchema>,
  rewardId: string,
): OpenRedemption {
  const { id, user_id, user_login, user_name, user_input, redeemed_at } = redemption;
  return {
    id,
    rewardId,
    user: { id: user_id, login: user_login, displayName: user_name },
    text: user_input ?? '',
    redeemedAt: Date.parse(redeemed_at),
  };
}

/** What Twitch is asked for: limits of 0 are switched off, and nothing skips the queue, ever. */
function toBody(settings: Partial<RewardSettings>): object {
  const { title, cost, prompt, input, cooldown, maxPerStream, maxPerUser, color, paused } =
    settings;
  return {
    ...(title !== undefined && { title }),
    ...(cost !== undefined && { cost }),
    ...(prompt !== undefined && { prompt }),
    ...(input !== undefined && { is_user_input_required: input }),
    ...(color !== undefined && { background_color: color.toUpperCase() }),
    ...(paused !== undefined && { is_paused: paused }),
    ...switched('global_cooldown', 'global_cooldown_seconds', cooldown),
    ...switched('max_per_stream', 'max_per_stream', maxPerStream),
    ...switched('max_per_user_per_stream', 'max_per_user_per_stream', maxPerUser),
    should_redemptions_skip_request_queue: false,
  };
}

function switched(name: string, value: string, most: number | undefined): object {
  if (most === undefined) return {};
  return { [`is_${name}_enabled`]: most > 0, ...(most > 0 && { [value]: most }) };
}
