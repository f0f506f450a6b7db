/**
 * The source of a new plugin, which works as it is: it is TypeScript without anything that JavaScript
 * does not have.
 * @param name of the plugin, its chat command too
 */
export function pluginSource(name: string): string {
  return `import { definePlugin, v } from '@pertybot/core';

export default definePlugin({
  name: '${name}',
  about: 'Rolls dice', // what "pertybot plugins" shows

  // What plugins.yaml may say under "config:". The types of \`config\` below come from here, anything
  // else in plugins.yaml is an error with its line, and editors show the descriptions.
  config: v.strictObject({
    sides: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(2), v.description('How many sides a die has.')),
      6,
    ),
  }),

  // Runs when the bot starts, and when this file or its config changes. Ask for more of what it is
  // given: on, every, after, say, store, log. All of it is given back when the plugin stops.
  start({ command, log }, config) {
    // <must:be> and [may:be] given. \`args.count\` is a number or undefined, because this says so.
    command(
      '${name} [count:int(1..5)]',
      { about: 'Rolls dice', cooldown: { user: '5s' } },
      async ({ args, user, reply }) => {
        const roll = () => 1 + Math.floor(Math.random() * config.sides);
        const rolls = Array.from({ length: args.count ?? 1 }, roll);
        await reply(\`\${user.displayName} rolls \${rolls.join(', ')}\`);
      },
    );
    log.debug(\`Dice with \${config.sides} sides are ready.\`);
  },
});
`;
}
