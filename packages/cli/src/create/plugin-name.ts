import { firstPartyPlugins } from '@pertybot/core';
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
