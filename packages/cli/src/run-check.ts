import { Bot, ConfigError, type PluginInfo, silentLogger } from '@pertybot/core';
import { besidePertybot } from './bot-folder.js';
import { type Style, styleFor } from './style.js';

/** How {@link runCheck} tells what it found. */
export interface RunCheckOptions {
  readonly json: boolean;
  print(text: string): void;
}

/**
 * Checks plugins.yaml and tells what it found.
 * @returns whether the bot could start
 */
export async function runCheck(folder: string, options: RunCheckOptions): Promise<boolean> {
  const { json, print } = options;
  try {
    const bot = await Bot.load({ folder, logger: silentLogger, resolveFrom: besidePertybot });
    const plugins = bot.plugins.map(toListed);
    print(json ? show({ ok: true, plugins }) : formatFine(plugins, styleFor(process.stdout)));
    return true;
  } catch (error) {
    if (!json || !(error instanceof ConfigError)) throw error;
    const { code, message, hint, problems } = error;
    print(show({ ok: false, code, message, hint, problems }));
    return false;
  }
}

function toListed({ id, use, version, state, needs, provides, scopes }: PluginInfo) {
  return { id, use, version, enabled: state.name !== 'disabled', needs, provides, scopes };
}

function formatFine(plugins: readonly ReturnType<typeof toListed>[], style: Style): string {
  const names = plugins.filter(({ enabled }) => enabled).map(({ id }) => id);
  const scopes = [...new Set(plugins.flatMap((plugin) => (plugin.enabled ? plugin.scopes : [])))];
  return [
    `${style.green('✓')} plugins.yaml is fine: ${names.join(', ') || 'no plugins'}.`,
    ...(scopes.length > 0 ? [style.dim(`  Twitch scopes: ${scopes.join(', ')}`)] : []),
  ].join('\n');
}

function show(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
