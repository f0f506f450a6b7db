import type { Bot } from '@pertybot/core/host';

/** The plugin that serves the page. */
export const pagePlugin = 'dashboard';

/** Whether a plugin runs beside those of plugins.yaml, which does not name it. */
export function isBeside(bot: Pick<Bot, 'hosted'>, id: string): boolean {
  return bot.hosted.find((each) => each.id === id)?.path.length === 0;
}
