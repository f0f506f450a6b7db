import type { Bot } from '@pertybot/core/host';
import type { ChannelRewards, EventSubHealth } from '@pertybot/plugin-eventsub';
import type { Gadgets, Gpio } from '@pertybot/plugin-gpio';
import type { ChatHealth } from '@pertybot/plugin-irc';
import type { RemoteNodes } from '@pertybot/plugin-mqtt';

/** The plugin that serves the page. */
export const pagePlugin = 'dashboard';

/** Whether a plugin runs beside those of plugins.yaml, which does not name it. */
export function isBeside(bot: Pick<Bot, 'hosted'>, id: string): boolean {
  return bot.hosted.find((each) => each.id === id)?.path.length === 0;
}

/** Services of our plugins that a running program asks, by the names of their tokens. */
export interface AskedServices {
  readonly Gpio: Gpio;
  readonly Gadgets: Gadgets;
  readonly 'irc.ChatHealth': ChatHealth;
  readonly 'eventsub.Health': EventSubHealth;
  readonly RemoteNodes: RemoteNodes;
  readonly ChannelRewards: ChannelRewards;
}

/**
 * Finds a service by its name. Importing its token could fail by the time that somebody asks, since an
 * update changes `node_modules` or no file can be opened, and Node never tries such an import again.
 * @returns undefined while no plugin provides it
 */
export function findService<Name extends keyof AskedServices>(
  bot: Pick<Bot, 'find'>,
  name: Name,
): AskedServices[Name] | undefined {
  return bot.find<AskedServices[Name]>(Symbol.for(`pertybot.${name}`));
}
