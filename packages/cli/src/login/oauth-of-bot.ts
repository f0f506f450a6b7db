import { type Logger, type Prompt, v } from '@pertybot/core';
import { Bot, SystemClock } from '@pertybot/core/host';
import { createOAuthServices, type OAuthServices, oauthConfigSchema } from '@pertybot/plugin-oauth';
import { besidePertybot, makeStateFolder } from '../bot-folder/bot-folder.js';
import { CliError } from '../terminal/cli-error.js';
import { SystemBrowser } from '../terminal/system-browser.js';

/** What the OAuth services of a bot tell and ask with. */
export interface OAuthOwner {
  readonly logger: Logger;
  readonly prompt: Prompt;
}

/**
 * The OAuth services as the bot's plugins.yaml configures them; they work beside a bot that runs.
 * @throws ConfigError when plugins.yaml has faults
 * @throws CliError CLI_NO_LOGIN when it has no oauth plugin
 */
export async function oauthOfBot(folder: string, owner: OAuthOwner): Promise<OAuthServices> {
  const { logger, prompt } = owner;
  const bot = await Bot.load({ folder, logger, resolveFrom: besidePertybot });
  const plugin = bot.plugins.find(
    ({ name, state }) => name === 'oauth' && state.name !== 'disabled',
  );
  if (plugin === undefined) {
    throw new CliError('CLI_NO_LOGIN', `The bot in "${folder}" does not use the oauth plugin.`, {
      hint: 'Run: pertybot plugins add oauth',
    });
  }
  const state = await makeStateFolder(folder);
  return createOAuthServices({
    config: v.parse(oauthConfigSchema, bot.configOf(plugin.id)),
    folders: { bot: folder, state },
    requestedScopes: bot.requestedScopes,
    clock: new SystemClock(),
    log: logger.child({ plugin: plugin.id }),
    browser: new SystemBrowser(),
    prompt,
    env: process.env,
  });
}
