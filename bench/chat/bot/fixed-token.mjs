import { AccessTokens, definePlugin } from '@pertybot/core';

/** A token that is never checked, in place of the OAuth plugin. */
export default definePlugin({
  name: 'fixed-token',
  provides: [AccessTokens],
  register(container) {
    const token = {
      token: 'benchtoken',
      clientId: 'client',
      userId: '1',
      login: 'pertybot',
      scopes: ['chat:read', 'chat:edit'],
    };
    container.register(AccessTokens, {
      useValue: { get: async () => token, invalidate: async () => {}, onChange: () => () => {} },
    });
  },
});
