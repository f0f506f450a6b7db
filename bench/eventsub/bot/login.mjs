import { AccessTokens, Chat, definePlugin } from '@pertybot/core';

/** A token that is never checked, and a chat that says nothing, in place of the plugins that have them. */
export default definePlugin({
  name: 'login',
  provides: [AccessTokens, Chat],
  register(container) {
    const token = {
      token: 'benchtoken',
      clientId: 'client',
      userId: '1',
      login: 'bench',
      scopes: ['moderator:read:followers'],
    };
    container.register(AccessTokens, {
      useValue: { get: async () => token, invalidate: async () => {}, onChange: () => () => {} },
    });
    const dropped = async () => ({ status: 'dropped', reason: 'bench' });
    container.register(Chat, {
      useValue: { channels: ['bench'], say: dropped, reply: dropped, action: dropped },
    });
  },
});
