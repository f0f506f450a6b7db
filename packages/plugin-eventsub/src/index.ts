import { AccessTokens, Chat, definePlugin } from '@pertybot/core';
import { lateImport } from '@pertybot/core/host';
import { ChannelIds } from './client/channel-ids.js';
import { LoadWebSocket } from './client/event-socket.js';
import { EventSub } from './client/event-sub.js';
import { EventSubLife } from './client/event-sub-life.js';
import { LiveEventSubHealth } from './client/live-health.js';
import { Wants } from './client/wants.js';
import { eventTypes } from './events/event-types.js';
import { Translator } from './events/translator.js';
import { EventSubConfig, eventSubConfigSchema } from './eventsub-config.js';
import { EventSubHealth } from './eventsub-health.js';
import { HelixApi } from './helix/helix-api.js';
import { eventsubReplies } from './replies.js';
import { ChannelRewards } from './rewards/channel-rewards.js';
import { rewardScope } from './rewards/helix-rewards.js';
import { PluginRewards } from './rewards/start-rewards.js';
import { TwitchApi } from './twitch-api.js';

// For authors: Twitch's API, and what EventSub tells as it comes
export type { EventSubEvent } from './events/translator.js';
// For whoever writes plugins.yaml by program
export { EventSubConfig, eventSubConfigSchema } from './eventsub-config.js';
// For whoever shows how EventSub does
export { type EventGap, EventSubHealth, type SubscriptionHealth } from './eventsub-health.js';
// Errors
export {
  TwitchApiError,
  type TwitchApiErrorCode,
  type TwitchApiErrorOptions,
} from './helix/twitch-api-error.js';
// For whoever shows how rewards stand, or pauses those that a dead bot left open
export {
  type ChannelReward,
  ChannelRewards,
  type RedemptionUnderWay,
} from './rewards/channel-rewards.js';
export {
  hasLeftOpen,
  type PausedRewards,
  pauseLeftOpen,
  type PauseLeftOpenOptions,
} from './rewards/pause-left-open.js';
export { RewardError, type RewardErrorCode } from './rewards/reward-error.js';
export { TwitchApi, type TwitchApiRequest } from './twitch-api.js';

/** Each has a state of its own, so there is one of each. */
const services = [
  HelixApi,
  ChannelIds,
  Wants,
  Translator,
  EventSubLife,
  EventSub,
  LiveEventSubHealth,
  PluginRewards,
] as const;

/** By a file of its own in the bundle, too. */
function loadsWebSocket(): LoadWebSocket {
  return lateImport('./client/web-socket.js', (name): ReturnType<LoadWebSocket> => import(name));
}

/** Twitch's EventSub and API. */
export default definePlugin({
  name: 'eventsub',
  about: 'Channel points, follows and all that EventSub brings',
  config: eventSubConfigSchema,
  needs: { tokens: AccessTokens, chat: Chat },
  provides: [TwitchApi, EventSubHealth, ChannelRewards],
  scopesFor: (wanted) =>
    wanted === 'rewards'
      ? [rewardScope]
      : eventTypes.flatMap(({ event, scopes }) => (event === wanted ? scopes : [])),
  commands: {},
  replies: eventsubReplies,
  // Rewards are paused, and what was paid for is settled, before the bot has gone.
  stopTimeout: '5s',
  register(container, config) {
    container.register(EventSubConfig, { useValue: config });
    for (const service of services) container.registerSingleton<object>(service);
    container.register(LoadWebSocket, { useValue: loadsWebSocket() });
    container.register(TwitchApi, { useToken: HelixApi });
    container.register(EventSubHealth, { useToken: LiveEventSubHealth });
    container.register(ChannelRewards, { useToken: PluginRewards });
  },
  async start(context, { channels }) {
    const { container, onStop, on, isTrial, chat } = context;
    const api = container.resolve(HelixApi);
    const eventSub = container.resolve(EventSub);
    const rewards = container.resolve(PluginRewards);
    onStop(() => api.close());
    if (isTrial) return;
    onStop(() => eventSub.stop());
    onStop(container.resolve(EventSubLife).onLive(({ channel }) => rewards.live(channel)));
    rewards.start(context, () => channels ?? chat.channels);
    // The bot may go to other channels while it runs.
    on('join', () => eventSub.planSoon());
    on('part', () => eventSub.planSoon());
    eventSub.start();
  },
});
