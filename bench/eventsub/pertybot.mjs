// PertyBot with one reward and one pin.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bot, silentLogger } from '@pertybot/core/host';

const folder = process.argv[2];
const { apiUrl, eventSubUrl, grant } = JSON.parse(
  readFileSync(join(folder, 'twitch.json'), 'utf8'),
);
const plugin = fileURLToPath(new URL('pulse-plugin.mjs', import.meta.url));
const login = fileURLToPath(new URL('login-plugin.mjs', import.meta.url));
const plugins = [
  { use: login, config: { grant } },
  { use: 'gpio', config: { driver: 'simulated' } },
  { use: 'eventsub', config: { apiUrl, eventsubUrl: eventSubUrl } },
  { use: plugin, config: { pin: join(folder, 'pin') } },
];
writeFileSync(join(folder, 'plugins.yaml'), JSON.stringify({ plugins }));
const bot = await Bot.load({ folder, resolveFrom: [import.meta.url], logger: silentLogger });
await bot.start();
