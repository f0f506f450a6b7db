// The real core with the real eventsub and gpio plugins, the guard as `pertybot start` has it. The token is a fixed
// one, and the board is in memory.
import { fileURLToPath } from 'node:url';
import { tellMoves } from '../moves.mjs';

const packages = new URL('../../../packages/', import.meta.url);
const { Bot, silentLogger } = await import(new URL('core/lib/host.js', packages).href);
const { BENCH_PORT: port, BENCH_BOT = 'bot' } = process.env;

const bot = await Bot.load({
  folder: fileURLToPath(new URL(`../${BENCH_BOT}`, import.meta.url)),
  logger: silentLogger,
  overlay: {
    '@pertybot/plugin-eventsub': {
      apiUrl: `http://127.0.0.1:${port}/helix`,
      eventsubUrl: `ws://127.0.0.1:${port}/ws`,
    },
  },
});
const moved = tellMoves();
bot.on('pin', moved);
await bot.start();
const { user, system } = process.cpuUsage();
const cpu = (user + system) / 1_000;
process.send({ type: 'ready', at: Number(process.hrtime.bigint()) / 1e6, cpu });
