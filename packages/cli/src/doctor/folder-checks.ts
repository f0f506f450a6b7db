import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, isPertyError, messageOf } from '@pertybot/core';
import { Bot, ConfigError, FolderPluginLoader, silentLogger } from '@pertybot/core/host';
import { besidePertybot } from '../bot-folder/bot-folder.js';

/** Files that hold secrets, and the most that their mode may allow. */
const secretFiles: readonly (readonly [name: string, mode: number])[] = [
  ['.env', 0o600],
  ['.pertybot', 0o700],
  ['.pertybot/tokens.json', 0o600],
];

/** Whether the files with secrets are their owner's alone. */
export async function checkFolder(folder: string): Promise<readonly Finding[]> {
  // Windows has no such modes.
  if (process.platform === 'win32') return [];
  const findings = await Promise.all(
    secretFiles.map(([name, mode]) => checkMode(join(folder, name), name, mode)),
  );
  const wrong = findings.flat();
  if (wrong.length > 0) return wrong;
  return [{ level: 'ok', subject: 'files', message: 'Secrets are readable by their owner alone.' }];
}

async function checkMode(file: string, name: string, mode: number): Promise<readonly Finding[]> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || (found.mode & 0o777 & ~mode) === 0) return [];
  return [
    {
      level: 'warning',
      subject: 'files',
      message: `Others may read "${name}".`,
      hint: `Run: chmod ${mode.toString(8)} ${name}`,
    },
  ];
}

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
        const context = { id, config: bot.configOf(id), folder };
        return runChecks(id, () => plugin.checks?.(context) ?? []);
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
