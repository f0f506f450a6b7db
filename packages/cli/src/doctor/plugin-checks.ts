import { type Finding, isPertyError, messageOf } from '@pertybot/core';
import { Bot, ConfigError, FolderPluginLoader, silentLogger } from '@pertybot/core/host';
import { besidePertybot } from '../bot-folder/bot-folder.js';

/** Whether plugins.yaml is fine, and what each plugin finds. */
export async function checkPlugins(folder: string): Promise<readonly Finding[]> {
  const subject = 'plugins.yaml';
  try {
    const bot = await Bot.load({ folder, logger: silentLogger, resolveFrom: besidePertybot });
    const loader = new FolderPluginLoader({ folder, resolveFrom: besidePertybot });
    const enabled = bot.plugins.filter(({ state }) => state.name !== 'disabled');
    const names = enabled.map(({ id }) => id).join(', ') || 'no plugins';
    const own: Finding = { level: 'ok', subject, message: `plugins.yaml is fine: ${names}.` };
    const findings = await Promise.all(
      enabled.map(async ({ id, use }) => {
        const { plugin } = await loader.load(use);
        return runChecks(id, () => plugin.checks?.({ id, config: bot.configOf(id) }) ?? []);
      }),
    );
    return [own, ...findings.flat()];
  } catch (error) {
    if (error instanceof ConfigError && error.problems.length > 0) {
      return error.problems.map(({ position, message, hint }) => ({
        level: 'error',
        subject,
        message: `plugins.yaml:${position.line}:${position.column} ${message}`,
        ...(hint !== undefined && { hint }),
      }));
    }
    const hint = isPertyError(error) ? error.hint : undefined;
    return [{ level: 'error', subject, message: messageOf(error), ...(hint && { hint }) }];
  }
}

async function runChecks(
  id: string,
  checks: () => readonly Finding[] | Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return (await checks()).map((finding) => ({
      ...finding,
      subject: `${id}: ${finding.subject}`,
    }));
  } catch (error) {
    return [{ level: 'error', subject: id, message: `Its checks failed: ${messageOf(error)}` }];
  }
}
