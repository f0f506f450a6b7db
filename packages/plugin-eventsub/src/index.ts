import { definePlugin } from '@pertybot/core';

export { TwitchApi, type TwitchApiRequest } from './twitch-api.js';

export default definePlugin({
  name: 'eventsub',
  about: 'Channel points, follows and all that EventSub brings',
});
