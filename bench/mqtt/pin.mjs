// Time from a line of chat to a pin of another process, over Mosquitto, against scripts written by hand.
// usage: npm run build && node bench/mqtt/pin.mjs [--rounds 5] [--count 500]
import { setTimeout as sleep } from 'node:timers/promises';
import * as harness from '../chat/harness.mjs';
import { startBroker } from './broker.mjs';

const { goal, goalHead, machine, median, now, option, quantile, rotated, startProgram, table } =
  harness;
const rounds = option('rounds', 5);
const count = option('count', 500);
const warmup = 100;
const names = ['hand-written', 'pertybot'];
const file = (name) => new URL(`${name}.mjs`, import.meta.url).pathname;
const broker = await startBroker();
const lamp = { type: 'light', pin: 'GPIO17', maxOn: '1m' };
const pins = { GPIO17: { maxTogglesPerSecond: 100_000 } };
const gpio = { driver: 'simulated', gadgets: { lamp }, pins, chatLostAfter: 'never' };
const bots = (...list) => ({ BENCH_BOTS: JSON.stringify(list) });
const mqtt = (config) => ({ use: 'mqtt', config: { broker: broker.url, ...config } });

async function start(name) {
  if (name === 'hand-written') {
    const env = { BENCH_BROKER: broker.url };
    return Promise.all(
      ['hand-node', 'hand-host'].map((each) => ready(startProgram(file(each), { env }))),
    );
  }
  const node = [{ use: 'gpio', config: gpio }, mqtt({ node: 'bench' })];
  const machines = await Promise.all([
    ready(startProgram(file('bots'), { env: bots(node) })),
    ready(startProgram(file('bots'), { env: bots([mqtt({ nodes: { bench: {} } })]) })),
  ]);
  const there = machines[1].hear('until');
  machines[1].ask({ type: 'until', least: 1 });
  await there;
  return machines;
}

async function ready(child) {
  await child.hear('ready');
  return child;
}

async function measure([node, host], times) {
  const all = [];
  for (let turn = 0; turn < times; turn++) {
    const moved = node.hear('moved');
    const begun = now();
    host.ask({ type: 'hear', text: turn % 2 === 0 ? '!lamp on' : '!lamp off' });
    all.push((await moved).at - begun);
    await sleep(4);
  }
  return all;
}

const results = [];
for (let round = 0; round < rounds; round++) {
  const result = {};
  for (const name of rotated(names, round)) {
    const machines = await start(name);
    await measure(machines, warmup);
    const times = await measure(machines, count);
    result[name] = { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
    for (const each of machines) each.ask({ type: 'stop' });
    await sleep(300);
  }
  results.push(result);
}
await broker.kill();
const of = (name, field) => results.map((round) => round[name][field]);
console.log(`### From chat to a pin of another machine, over loopback\n\n${machine()}\n`);
const rows = names.map((name) => [
  name,
  median(of(name, 'p50')).toFixed(2),
  median(of(name, 'p99')).toFixed(2),
]);
console.log(table(['client', 'p50 ms', 'p99 ms'], rows));
console.log(table(goalHead, [goal('median in ms', 5, of('pertybot', 'p50'))]));
process.exit(0);
