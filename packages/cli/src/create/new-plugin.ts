import { firstPartyPlugins } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';

const form = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** npm takes 214 characters; a person reads fewer. */
const longest = 50;

/** Names that would clash: those of PertyBot's own plugins, and of the command that core brings. */
const taken = new Set([...firstPartyPlugins, 'dashboard', 'help']);

/**
 * Checks the name of a new plugin: it becomes the name of a file, of a package and of a chat command.
 * @returns it without `pertybot-plugin-`
 * @throws CliError CLI_PLUGIN_NAME_INVALID
 */
export function readPluginName(text: string): string {
  const name = text.replace(/^pertybot-plugin-/, '');
  if (!form.test(name) || name.length > longest) {
    throw new CliError('CLI_PLUGIN_NAME_INVALID', `"${text}" can be no name of a plugin.`, {
      hint: `Use up to ${longest} lower-case letters and digits, and dashes between them, such as party-lights.`,
    });
  }
  if (taken.has(name)) {
    throw new CliError(
      'CLI_PLUGIN_NAME_INVALID',
      `"${name}" is the name of something of PertyBot's.`,
      {
        hint: 'Choose another one.',
      },
    );
  }
  return name;
}

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

  // What start registers below, so that "pertybot check" knows it without starting anything.
  // <must:be> and [may:be] given.
  commands: {
    '${name} [count:int(1..5)]': { about: 'Rolls dice', cooldown: { user: '5s' } },
  },

  // Runs when the bot starts, and when this file or its config changes. Ask for more of what it is
  // given: on, every, after, say, store, log. All of it is given back when the plugin stops.
  start({ command, log }, config) {
    // \`args.count\` is a number or undefined, because this says so.
    command('${name} [count:int(1..5)]', async ({ args, user, reply }) => {
      const roll = () => 1 + Math.floor(Math.random() * config.sides);
      const rolls = Array.from({ length: args.count ?? 1 }, roll);
      await reply(\`\${user.displayName} rolls \${rolls.join(', ')}\`);
    });
    log.debug(\`Dice with \${config.sides} sides are ready.\`);
  },
});
`;
}
