// A host with 50 nodes of 20 gadgets each: until all are there, until all are back after the broker was killed, and what
// the host costs beside a bot without.
// usage: npm run build && node bench/mqtt/many.mjs [--rounds 3] [--nodes 50]
import { setTimeout as sleep } from 'node:timers/promises';
import * as harness from '../chat/harness.mjs';
import { startBroker } from './broker.mjs';

const { goal, goalHead, machine, memoryOf, now, option, startProgram, table } = harness;
const rounds = option('rounds', 3);
const most = option('nodes', 50);
const file = new URL('bots.mjs', import.meta.url).pathname;
const pinsOf = Array.from({ length: 20 }, (_, index) => `GPIO${index + 2}`);

async function run(nodes) {
  const broker = await startBroker();
  const names = Array.from({ length: nodes }, (_, index) => `node${index}`);
  const mqtt = (config) => ({ use: 'mqtt', config: { broker: broker.url, ...config } });
  const start = async (list) => {
    const child = startProgram(file, { env: { BENCH_BOTS: JSON.stringify(list) } });
    await child.hear('ready');
    return child;
  };
  const gadgetsOf = (node) =>
    Object.fromEntries(pinsOf.map((pin, place) => [`${node}-${place}`, { type: 'light', pin }]));
  const machines = await start(
    names.map((node) => [
      { use: 'gpio', config: { driver: 'simulated', gadgets: gadgetsOf(node) } },
      mqtt({ node }),
    ]),
  );
  const without = await start([[{ use: 'texts' }]]);
  await sleep(1_500);
  const begun = now();
  const host = await start([
    [{ use: 'texts' }, mqtt({ nodes: Object.fromEntries(names.map((name) => [name, {}])) })],
  ]);
  const until = async (least) => {
    const there = host.hear('until');
    host.ask({ type: 'until', least });
    return (await there).at;
  };
  const ready = ((await until(nodes * 20)) - begun) / 1_000;
  await sleep(2_000);
  const above = memoryOf(host.pid).rss - memoryOf(without.pid).rss;
  await broker.kill();
  await until(0);
  const again = now();
  await broker.start();
  const back = ((await until(nodes * 20)) - again) / 1_000;
  for (const each of [host, machines, without]) each.ask({ type: 'stop' });
  await broker.kill();
  return { ready, back, above };
}

const large = [];
const small = [];
for (let round = 0; round < rounds; round++) {
  large.push(await run(most));
  small.push(await run(1));
}
console.log(`### ${most * 20} gadgets on ${most} nodes\n\n${machine()}\n`);
console.log(
  table(goalHead, [
    goal(
      'seconds until all are there, with the start of the host',
      5,
      large.map(({ ready }) => ready),
    ),
    goal(
      'seconds until all are back after a restart of the broker',
      5,
      large.map(({ back }) => back),
    ),
    goal(
      'MB above a bot without',
      40,
      large.map(({ above }) => above),
      { digits: 1 },
    ),
    goal(
      'MB above a bot without, with 20 gadgets',
      12,
      small.map(({ above }) => above),
      { digits: 1 },
    ),
  ]),
);
process.exit(0);
