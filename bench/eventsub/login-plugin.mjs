import { AccessTokens, Chat, definePlugin, v } from '@pertybot/core';

/** A login that is there already, and a chat that hears nobody. */
export default definePlugin({
  name: 'login',
  config: v.strictObject({ grant: v.any() }),
  provides: [AccessTokens, Chat],
  register(container, { grant }) {
    const written = async () => ({ status: 'written' });
    container.register(AccessTokens, {
      useValue: { get: async () => grant, invalidate: async () => {}, onChange: () => () => {} },
    });
    container.register(Chat, {
      useValue: { channels: [grant.login], say: written, reply: written, action: written },
    });
  },
});
