// Time from a notification of EventSub to the pin that it moves, against a program written by hand.
// usage: npm run build && node bench/eventsub/pin.mjs [--rounds 7] [--count 1000]
import { setTimeout as sleep } from 'node:timers/promises';
import {
  goal,
  goalHead,
  machine,
  median,
  now,
  option,
  quantile,
  ratios,
  rotated,
  startProgram,
  table,
} from '../chat/harness.mjs';
import { startEventServer } from './event-server.mjs';

const rounds = option('rounds', 7);
const count = option('count', 1_000);
const warmup = 500;
const names = ['hand-written', 'pertybot'];

/** Milliseconds from each notification to its pin. */
async function measure(server, client, times) {
  const sent = [];
  for (let turn = 0; turn < times; turn++) {
    sent.push(now());
    server.follow();
    await sleep(2);
  }
  await sleep(100);
  const answer = client.hear('moves');
  client.ask({ type: 'moves' });
  const { times: moved } = await answer;
  if (moved.length !== times) throw new Error(`${times} were sent, and ${moved.length} arrived.`);
  return moved.map((time, index) => time - sent[index]);
}

const results = [];
for (let round = 0; round < rounds; round++) {
  const result = {};
  for (const name of rotated(names, round)) {
    const server = await startEventServer();
    const subscribed = server.subscribed();
    const file = new URL(`clients/${name}.mjs`, import.meta.url).pathname;
    const client = startProgram(file, { env: { BENCH_PORT: String(server.port) } });
    await subscribed;
    await sleep(500);
    await measure(server, client, warmup);
    const times = await measure(server, client, count);
    result[name] = { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
    await client.stop();
    server.stop();
  }
  results.push(result);
}

const of = (name, field) => (round) => round[name][field];
const micro = (name, field) => Math.round(median(results.map(of(name, field))) * 1_000);
console.log(`### From a notification to the pin\n\n${machine()}\n`);
console.log(
  table(
    ['client', 'p50 µs', 'p99 µs'],
    names.map((name) => [name, micro(name, 'p50'), micro(name, 'p99')]),
  ),
);
const against = ratios(results, of('pertybot', 'p50'), of('hand-written', 'p50'));
console.log(table(goalHead, [goal('p50 against a program written by hand', 1.3, against)]));
