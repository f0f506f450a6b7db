// Memory of the whole bot when it is ready, against bare tmi.js, and its heap after a long flood.
// usage: npm run build && node bench/chat/memory.mjs [--rounds 5] [--count 1000000]
import { setTimeout as sleep } from 'node:timers/promises';
import {
  goal,
  goalHead,
  median,
  memoryOf,
  option,
  rotated,
  spread,
  startProgram,
  startServer,
  table,
} from './harness.mjs';
import { makeWholeBot, root, rootBefore, startBot, startTwitch } from './whole-bot.mjs';

const rounds = option('rounds', 5);
const count = option('count', 1_000_000);
const rest = 1_500;

const twitch = await startTwitch();
const { chatUrl } = twitch;

function startOf(checkout) {
  const folder = makeWholeBot(twitch, chatUrl.port, checkout);
  return () => startBot(folder, { checkout });
}

const starts = {
  tmi: () => {
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const file = new URL('clients/tmi.mjs', import.meta.url).pathname;
    return startProgram(file, {
      env: { BENCH_PORT: String(chatUrl.port), BENCH_TOKEN: accessToken },
    });
  },
  'pertybot start, whole bot': startOf(root),
  ...(rootBefore && { 'pertybot start, whole bot, before': startOf(rootBefore) }),
};
const names = Object.keys(starts);
const results = [];
// The first round fills the cache of local plugins and is not counted.
for (let round = -1; round < rounds; round++) {
  const result = {};
  for (const name of rotated(names, round + 1)) {
    const client = starts[name]();
    await twitch.chat.until(() => twitch.chat.joined('bench', 'pertybot'), 30_000);
    await sleep(rest);
    result[name] = memoryOf(client.pid);
    await client.stop();
    await twitch.chat.until(() => !twitch.chat.joined('bench'), 30_000);
  }
  if (round >= 0) results.push(result);
}
console.log(`### Memory, ${rest / 1000} s after it joined\n`);
console.log(
  table(
    ['process', 'RSS MB', 'PSS MB'],
    names.map((name) => [
      name,
      spread(
        results.map((round) => round[name].rss),
        1,
      ),
      spread(
        results.map((round) => round[name].pss),
        1,
      ),
    ]),
  ),
);
const above = results.map((round) => round[names[1]].rss - round.tmi.rss);

const growths = [];
for (let run = 0; run < 3; run++) {
  const server = await startServer();
  const folder = makeWholeBot(twitch, server.port);
  const probe = new URL('heap-probe.mjs', import.meta.url).href;
  const joined = server.hear('joined');
  const bot = startBot(folder, { execArgv: ['--expose-gc', '--import', probe] });
  await joined;
  await sleep(rest);
  const flood = async (lines) => {
    const flooded = server.hear('flooded');
    server.ask({ type: 'flood', count: lines, perFrame: 8 });
    await flooded;
    const heap = bot.hear('heap');
    bot.ask({ type: 'heap' });
    return heap;
  };
  const before = await flood(200_000);
  const after = await flood(count);
  growths.push({ growth: after.heap - before.heap, heap: after.heap, rss: after.rss });
  await bot.stop();
  await server.stop();
}
console.log(`### Heap of the whole bot over ${count.toLocaleString('en')} messages\n`);
console.log(
  table(
    ['heap growth MB', 'heap after MB', 'RSS after MB'],
    [['growth', 'heap', 'rss'].map((field) => spread(growths.map((run) => run[field])))],
  ),
);
console.log(
  table(goalHead, [
    goal('RSS when ready above tmi.js, MB', 30, above, { digits: 1 }),
    goal('the same, stretch', 20, above, { digits: 1 }),
    goal(
      'heap growth, MB',
      1,
      growths.map(({ growth }) => growth),
    ),
  ]),
);
console.error(`median RSS above tmi.js: ${median(above).toFixed(1)} MB`);
await twitch.stop();
