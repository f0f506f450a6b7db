// The real core with the real IRC plugin, 100 commands and 10 plugins that listen to every message.
// Cooldowns, roles, guards and the log are what `pertybot start` has. Only the token is a fixed one.
import { fileURLToPath } from 'node:url';
import { channels, countCommand, countMessage, port } from '../meter.mjs';

const packages = new URL('../../../packages/', import.meta.url);
const { Bot } = await import(new URL('core/lib/index.js', packages).href);
const { createLogger } = await import(new URL('cli/dist/logging.js', packages).href);

const own = new URL('../bot', import.meta.url);
const bot = await Bot.load({
  folder: fileURLToPath(own),
  logger: createLogger({ level: 'info' }),
  overlay: {
    '@pertybot/plugin-irc': {
      server: '127.0.0.1',
      port,
      secure: false,
      channels,
      limits: 'verified',
    },
  },
});
bot.on('message', countMessage);
bot.on('command', countCommand);
bot.on('refusal', countCommand);
await bot.start();
