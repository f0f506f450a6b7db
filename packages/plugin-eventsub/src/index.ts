import { AccessTokens, Chat, definePlugin } from '@pertybot/core';
import { ChannelIds } from './client/channel-ids.js';
import { EventSub } from './client/event-sub.js';
import { EventSubLife } from './client/event-sub-life.js';
import { LiveEventSubHealth } from './client/live-health.js';
import { Wants } from './client/wants.js';
import { Translator } from './events/translator.js';
import { EventSubConfig, eventSubConfigSchema } from './eventsub-config.js';
import { EventSubHealth } from './eventsub-health.js';
import { HelixApi } from './helix/helix-api.js';
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
] as const;

/** Twitch's EventSub and API. */
export default definePlugin({
  name: 'eventsub',
  about: 'Channel points, follows and all that EventSub brings',
  config: eventSubConfigSchema,
  needs: { tokens: AccessTokens, chat: Chat },
  provides: [TwitchApi, EventSubHealth],
  commands: {},
  register(container, config) {
    container.register(EventSubConfig, { useValue: config });
    for (const service of services) container.registerSingleton<object>(service);
    container.register(TwitchApi, { useToken: HelixApi });
    container.register(EventSubHealth, { useToken: LiveEventSubHealth });
  },
  start({ container, onStop, on, isTrial }) {
    const api = container.resolve(HelixApi);
    const eventSub = container.resolve(EventSub);
    onStop(() => api.close());
    if (isTrial) return;
    onStop(() => eventSub.stop());
    // The bot may go to other channels while it runs.
    on('join', () => eventSub.planSoon());
    on('part', () => eventSub.planSoon());
    eventSub.start();
  },
});
