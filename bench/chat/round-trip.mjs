// Time from a command to its reply, with one command in flight: idle, and under a flood of chat.
// usage: npm run build && node bench/chat/round-trip.mjs [--rounds 5]
import {
  goal,
  goalHead,
  median,
  option,
  quantile,
  ratios,
  rotated,
  spread,
  startClient,
  startServer,
  table,
  withBefore,
} from './harness.mjs';
import { installPeers } from './packages.mjs';

const rounds = option('rounds', 5);
const names = withBefore(['raw', 'tmi', 'pertybot', 'easy-bot'], 'pertybot, before');
const loads = [
  { title: 'idle', count: 2_000, warmup: 1_000, perSecond: 0 },
  { title: 'under 5,000 messages a second', count: 1_000, warmup: 100, perSecond: 5_000 },
];

installPeers();
const server = await startServer();
const results = [];
for (let round = 0; round < rounds; round++) {
  const result = {};
  for (const name of rotated(names, round)) {
    const client = await startClient(server, name);
    result[name] = [];
    for (const load of loads) {
      const answer = server.hear('roundTrips');
      server.ask({ type: 'roundTrips', ...load });
      const { times } = await answer;
      result[name].push({ p50: quantile(times, 0.5), p99: quantile(times, 0.99) });
    }
    await client.stop();
  }
  results.push(result);
  console.error(`round ${round + 1} of ${rounds}`);
}
await server.stop();

for (const [index, { title }] of loads.entries()) {
  const of = (name, field) => (round) => round[name][index][field];
  const against = (name, field, other) => ratios(results, of(name, field), of(other, field));
  const time = (name, field) => Math.round(median(results.map(of(name, field))));
  console.log(`### Round trip, ${title}\n`);
  console.log(
    table(
      ['client', 'p50 µs', 'p50 against raw ws', 'p99 µs', 'p99 against tmi.js'],
      names.map((name) => [
        name,
        time(name, 'p50'),
        spread(against(name, 'p50', 'raw')),
        time(name, 'p99'),
        spread(against(name, 'p99', 'tmi')),
      ]),
    ),
  );
  const rows = [goal('p50 against raw ws', 1.25, against('pertybot', 'p50', 'raw'))];
  if (index === 1) rows.push(goal('p99 against tmi.js', 1.1, against('pertybot', 'p99', 'tmi')));
  console.log(table(goalHead, rows));
}
