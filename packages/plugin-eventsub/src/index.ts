import { AccessTokens, definePlugin } from '@pertybot/core';
import { EventSubConfig, eventSubConfigSchema } from './eventsub-config.js';
import { HelixApi } from './helix/helix-api.js';
import { TwitchApi } from './twitch-api.js';

// For authors: Twitch's API
export { TwitchApi, type TwitchApiRequest } from './twitch-api.js';
export {
  TwitchApiError,
  type TwitchApiErrorCode,
  type TwitchApiErrorOptions,
} from './helix/twitch-api-error.js';
// For whoever writes plugins.yaml by program
export { EventSubConfig, eventSubConfigSchema } from './eventsub-config.js';

/** Twitch's EventSub and API. */
export default definePlugin({
  name: 'eventsub',
  about: 'Channel points, follows and all that EventSub brings',
  config: eventSubConfigSchema,
  needs: { tokens: AccessTokens },
  provides: [TwitchApi],
  commands: {},
  register(container, config) {
    container.register(EventSubConfig, { useValue: config });
    container.registerSingleton(HelixApi);
    container.register(TwitchApi, { useToken: HelixApi });
  },
  start({ container, onStop }) {
    const api = container.resolve(HelixApi);
    onStop(() => api.close());
  },
});
