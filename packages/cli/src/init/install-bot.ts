import { errorCodeOf, isPertyError, messageOf } from '@pertybot/core';
import { FolderPluginLoader } from '@pertybot/core/host';
import { interruptible } from '../bot-process/shutdown.js';
import { runNpm } from '../plugins/npm.js';
import { CliError, type CliErrorCode } from '../terminal/cli-error.js';

/** The plugins that every new bot uses. */
const plugins = ['oauth', 'irc', 'gpio', 'texts'] as const;

/**
 * Installs PertyBot into the folder of a new bot, unless all that it uses is found from there already.
 * @param tell hears that it begins, for it takes a while
 * @returns whether anything had to be installed
 * @throws CliError CLI_NPM_FAILED, CLI_INTERRUPTED, or CLI_PLUGIN_REFUSED when a plugin that is there
 * does not load
 */
export async function installBot(folder: string, tell: (text: string) => void): Promise<boolean> {
  if (await isInstalled(folder)) return false;
  try {
    await interruptible((signal) => {
      tell('Installing PertyBot …');
      return runNpm(['install'], { folder, signal });
    });
  } catch (error) {
    throw toInstallError(error, folder);
  }
  await isInstalled(folder);
  return true;
}

async function isInstalled(folder: string): Promise<boolean> {
  const loader = new FolderPluginLoader({ folder });
  for (const use of plugins) {
    try {
      await loader.load(use);
    } catch (error) {
      if (errorCodeOf(error) === 'PLUGIN_NOT_INSTALLED') return false;
      const why = messageOf(error);
      throw new CliError('CLI_PLUGIN_REFUSED', `The bot is written, but cannot run yet: ${why}`, {
        hint: `Install that anew: npm install @pertybot/plugin-${use}. Then run: npx pertybot dev`,
        cause: error,
      });
    }
  }
  return true;
}

function toInstallError(error: unknown, folder: string): CliError {
  const code = (error instanceof CliError ? error.code : 'CLI_NPM_FAILED') satisfies CliErrorCode;
  const message = `The bot is written, but PertyBot is not installed in it. ${messageOf(error)}`;
  const next = `Then run in "${folder}": npm install`;
  const first = code === 'CLI_INTERRUPTED' || !isPertyError(error) ? undefined : error.hint;
  const hint = first === undefined ? next.replace('Then run', 'Run') : `${first} ${next}`;
  return new CliError(code, message, { hint, cause: error });
}
