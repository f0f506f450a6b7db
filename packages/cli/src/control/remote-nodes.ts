import type { Bot } from '@pertybot/core/host';
import type { RemoteNodes } from '@pertybot/plugin-mqtt';

/** The other machines of a bot; undefined where it has none, and then nothing is loaded for them. */
export async function findNodes(
  bot: Pick<Bot, 'find' | 'plugins'>,
): Promise<RemoteNodes | undefined> {
  if (!bot.plugins.some(({ provides }) => provides.includes('RemoteNodes'))) return undefined;
  const { RemoteNodes: token } = await import('@pertybot/plugin-mqtt');
  const found = bot.find(token);
  return found?.list.length === 0 ? undefined : found;
}
