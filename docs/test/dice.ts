import { definePlugin, v } from '@pertybot/core';

export default definePlugin({
  name: 'dice',
  config: v.strictObject({ sides: v.optional(v.number(), 6) }),
  start({ command }, { sides }) {
    const roll = () => Math.ceil(Math.random() * sides);
    const options = { about: 'Rolls dice', cooldown: { user: '5s' } } as const;
    command('roll [count:int(1..5)]', options, async ({ args, user, reply }) => {
      const rolls = Array.from({ length: args.count ?? 1 }, roll);
      await reply(`${user.displayName} rolls ${rolls.join(', ')}`);
    });
  },
});
