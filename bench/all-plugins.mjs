// What a bot that names all first-party plugins costs beside bare tmi.js, while nobody has opened its page: time from the start of
// the process until it has joined, and memory a moment later. The processes take turns.
// usage: npm run build && node bench/all-plugins.mjs [--rounds 7]
import { setTimeout as sleep } from 'node:timers/promises';
import {
  cpuTime,
  goal,
  goalHead,
  machine,
  median,
  memoryOf,
  option,
  ratios,
  spread,
  startClient,
  startServer,
  table,
} from './chat/harness.mjs';
import { makeFullBot } from './rest/full-bot.mjs';

const rounds = option('rounds', 7);
const rest = 1_500;

async function lookAt({ pid, joined, startCpu }) {
  await sleep(rest);
  return { joined, cpu: startCpu, ...memoryOf(pid) };
}

async function runTmi() {
  const server = await startServer();
  const client = await startClient(server, 'tmi');
  const result = await lookAt(client);
  await client.stop();
  await server.stop();
  return result;
}

async function runAll() {
  const bot = await makeFullBot('all-plugins');
  const { at } = await bot.ready;
  const startCpu = cpuTime(bot.pid);
  const result = await lookAt({ pid: bot.pid, joined: at - bot.child.begun, startCpu });
  await bot.end();
  return result;
}

const results = [];
// The first round fills caches and is not counted.
for (let round = -1; round < rounds; round++) {
  const result = {};
  const turns = [
    async () => Object.assign(result, { tmi: await runTmi() }),
    async () => Object.assign(result, { all: await runAll() }),
  ];
  for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
  if (round >= 0) results.push(result);
}

const of = (name, field) => (round) => round[name][field];
const against = (field) => ratios(results, of('all', field), of('tmi', field));
console.log(`### All first-party plugins, ${rounds} rounds\n\n${machine()}\n`);
console.log(
  table(
    ['process', 'start to joined, ms', 'CPU ms', 'RSS MB', 'PSS MB'],
    ['tmi', 'all'].map((name) => [
      name,
      ...['joined', 'cpu', 'rss', 'pss'].map((field) =>
        median(results.map(of(name, field))).toFixed(1),
      ),
    ]),
  ),
);
console.log(`CPU of the start against tmi.js: ${spread(against('cpu'))}\n`);
console.log(
  table(goalHead, [
    goal('start against tmi.js', 2.2, against('joined')),
    goal(
      'RSS when ready above tmi.js, MB',
      25,
      results.map((round) => round.all.rss - round.tmi.rss),
      { digits: 1 },
    ),
  ]),
);
process.exit();
