// What the plugin costs a bot: memory once it is connected, and time to start.
// usage: npm run build && node bench/eventsub/cost.mjs [--rounds 9]
import { setTimeout as sleep } from 'node:timers/promises';
import {
  goal,
  goalHead,
  machine,
  median,
  memoryOf,
  option,
  rotated,
  startProgram,
  table,
} from '../chat/harness.mjs';
import { startEventServer } from './event-server.mjs';

const rounds = option('rounds', 9);
const bots = ['without', 'bot'];
const file = new URL('clients/pertybot.mjs', import.meta.url).pathname;

const results = [];
// The first round fills caches and is not counted.
for (let round = -1; round < rounds; round++) {
  const result = {};
  for (const bot of rotated(bots, round + 1)) {
    const server = await startEventServer();
    const subscribed = server.subscribed();
    const env = { BENCH_PORT: String(server.port), BENCH_BOT: bot };
    const client = startProgram(file, { env });
    const { at, cpu } = await client.hear('ready');
    if (bot === 'bot') await subscribed;
    await sleep(1_500);
    result[bot] = { start: at - client.begun, cpu, rss: memoryOf(client.pid).rss };
    await client.stop();
    server.stop();
  }
  if (round >= 0) results.push(result);
}

const all = (bot, field) => results.map((round) => round[bot][field]);
const more = (field) => results.map((round) => round.bot[field] - round.without[field]);
console.log(`### What the plugin costs\n\n${machine()}\n`);
console.log(
  table(
    ['bot', 'start ms', 'CPU ms until then', 'RSS MB'],
    bots.map((bot) => [
      bot === 'bot' ? 'with eventsub' : 'without',
      Math.round(median(all(bot, 'start'))),
      Math.round(median(all(bot, 'cpu'))),
      median(all(bot, 'rss')).toFixed(1),
    ]),
  ),
);
console.log(
  table(goalHead, [
    goal('RSS, MB', 6, more('rss'), { digits: 1 }),
    goal('start, ms', 40, more('start'), { digits: 0 }),
    // On a busy machine this says more.
    goal('start, ms of CPU', 40, more('cpu'), { digits: 0 }),
  ]),
);
