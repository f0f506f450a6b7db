// The real core with the real IRC plugin, 100 commands and 10 plugins that listen to every message.
// Cooldowns, roles, guards and the log are what `pertybot start` has. Only the token is a fixed one.
import { fileURLToPath } from 'node:url';
import { createLogger } from '../../../packages/cli/dist/bot-process/logging.js';
import { Bot } from '../../../packages/core/lib/host.js';
import { channels, countCommand, countMessage, port } from '../meter.mjs';

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
