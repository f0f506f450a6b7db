// Counts the treats, and tells how many there were. It claims no pin: it listens to what the gadgets do.
import { definePlugin, v } from '@pertybot/core';

export default definePlugin({
  name: 'treat-count',
  about: 'Counts the treats',

  config: v.strictObject({
    // Name of the gadget that gives them.
    gadget: v.optional(v.string(), 'treat'),
  }),

  start({ on, command, store }, { gadget }) {
    on('gadget', async (event) => {
      if (event.gadget !== gadget || event.event !== 'play') return;
      // Kept across restarts; `update` lets no count get lost.
      await store.update('count', (count) => Number(count ?? 0) + 1);
    });

    command('treats', { about: 'Tells how many treats there were' }, async ({ reply }) => {
      const count = Number((await store.get('count')) ?? 0);
      await reply(count === 1 ? '1 treat so far.' : `${count} treats so far.`);
    });
  },
});
