import { v } from '@pertybot/core';
import type { TwitchApi } from '../twitch-api.js';
import type { RewardChannel } from './helix-rewards.js';

const streamsAnswer = v.object({ data: v.array(v.unknown()) });

/**
 * Whether the stream of a channel is live.
 * @throws TwitchApiError, or ValiError where the answer makes no sense
 */
export async function askIsLive(
  api: TwitchApi,
  { login, id }: RewardChannel,
  signal: AbortSignal,
): Promise<boolean> {
  const account = { account: 'broadcaster', channel: login } as const;
  const answer = await api.request({ account, path: 'streams', query: { user_id: id }, signal });
  return v.parse(streamsAnswer, answer).data.length > 0;
}
