import { type PluginState } from '../../src/host.js';
import { definePlugin, type Plugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';
import { Horn } from '../horn.js';

/** A promise and what ends it. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

export const horn: Horn = { blow() {} };

/** A plugin that provides {@link Horn}. */
export const hornPlugin = (name = 'horn', start?: Plugin['start']): Plugin =>
  definePlugin({
    name,
    provides: [Horn],
    register: (container) => void container.register(Horn, { useValue: horn }),
    ...(start ? { start } : {}),
  });

/** A plugin that needs {@link Horn}. */
export const userPlugin = (name = 'user', start?: Plugin['start']): Plugin =>
  definePlugin({ name, needs: { horn: Horn }, ...(start ? { start } : {}) });

export type Bot = Awaited<ReturnType<typeof startTestBot>>;

export const stateOf = (bot: Bot, id: string) =>
  bot.plugins.find((plugin) => plugin.id === id)?.state;

/** The states that a plugin went through, by name. */
export const lifeOf = (bot: Bot, id: string) =>
  bot.events
    .filter(({ type }) => type === 'plugin')
    .map(({ data }) => data as { readonly plugin: string; readonly state: PluginState })
    .filter(({ plugin }) => plugin === id)
    .map(({ state }) => state.name);

export const errorsOf = (bot: Bot) =>
  bot.log.filter(({ level }) => level === 'error').map(({ message }) => message);

/** Lets the bot begin to start. */
export async function begin(plugins: Parameters<typeof startTestBot>[0]) {
  const bot = await startTestBot(plugins, { start: false });
  const started = bot.start();
  await bot.clock.advance(0);
  return { bot, started };
}
