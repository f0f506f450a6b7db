import { AccessTokens, type InjectionToken, type Logger } from '@pertybot/core';
import { Bot, serviceName } from '@pertybot/core/host';
import { besidePertybot, makeStateFolder } from '../bot-folder/bot-folder.js';
import { CliError } from '../terminal/cli-error.js';
import { SystemBrowser } from '../terminal/system-browser.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';

/**
 * A service of whatever gives the bot its tokens, as that plugin's own `register` binds it: a store that it
 * replaces is replaced here, too. It works beside a bot that runs, and starts nothing.
 * @throws ConfigError when plugins.yaml has faults
 * @throws CliError CLI_NO_LOGIN when no plugin provides AccessTokens
 * @throws CliError CLI_LOGIN_ELSEWHERE when the one that does has no such service
 */
export async function borrowLogin<Service>(
  token: InjectionToken<Service>,
  { folder, logger }: { readonly folder: string; readonly logger: Logger },
): Promise<Service> {
  const bot = await Bot.load({
    ...{ folder, logger, resolveFrom: besidePertybot },
    browser: new SystemBrowser(),
    prompt: new TerminalPrompt(),
  });
  const borrowed = bot.borrow(token, AccessTokens);
  if (borrowed === undefined) {
    throw new CliError('CLI_NO_LOGIN', `The bot in "${folder}" does not use the oauth plugin.`, {
      hint: 'Run: pertybot plugins add oauth',
    });
  }
  const { plugin, service } = borrowed;
  if (service === undefined) {
    throw new CliError(
      'CLI_LOGIN_ELSEWHERE',
      `"${plugin}" gives the bot its tokens, and binds no ${serviceName(token)} for this command.`,
      { hint: `Log in the way that "${plugin}" describes; its author may call registerOAuth.` },
    );
  }
  await makeStateFolder(folder);
  return service;
}
