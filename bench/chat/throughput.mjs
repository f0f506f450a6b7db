// Messages a second and CPU time per message of each client, side by side.
// usage: npm run build && node bench/chat/throughput.mjs [--rounds 5] [--count 200000]
import {
  flood,
  goal,
  goalHead,
  median,
  option,
  ratios,
  rotated,
  spread,
  startClient,
  startServer,
  table,
  withBefore,
} from './harness.mjs';
import { countCommands, createLines } from './lines.mjs';
import { installPeers } from './packages.mjs';

const rounds = option('rounds', 5);
const count = option('count', 200_000);
const warmup = option('warmup', 100_000);
const names = withBefore(
  ['raw', 'tmi', 'pertybot', 'pertybot, refusing', 'easy-bot'],
  'pertybot, before',
);

installPeers();
const expected = countCommands(createLines(20_000), count);
const server = await startServer();
for (const perFrame of [1, 8]) {
  const results = [];
  for (let round = 0; round < rounds; round++) {
    const result = {};
    for (const name of rotated(names, round)) {
      const client = await startClient(server, name);
      await flood(server, client, { count: warmup, perFrame });
      const done = await flood(server, client, { count, perFrame });
      if (done.commands !== expected) {
        console.error(`${name} counted ${done.commands} commands instead of ${expected}.`);
      }
      result[name] = { rate: count / (done.wall / 1000), cpu: (done.cpu * 1000) / count };
      await client.stop();
    }
    results.push(result);
    console.error(`round ${round + 1} of ${rounds}, ${perFrame} a frame`);
  }
  const of = (name, field) => (round) => round[name][field];
  const against = (name, field, other) => ratios(results, of(name, field), of(other, field));
  console.log(`### Throughput, ${perFrame} line${perFrame === 1 ? '' : 's'} a frame\n`);
  console.log(
    table(
      [
        'client',
        'messages a second',
        'rate against tmi.js',
        'CPU µs a message',
        'CPU against tmi.js',
      ],
      names.map((name) => [
        name,
        `${Math.round(median(results.map(of(name, 'rate'))) / 1000)}k`,
        spread(against(name, 'rate', 'tmi')),
        median(results.map(of(name, 'cpu'))).toFixed(2),
        spread(against(name, 'cpu', 'tmi')),
      ]),
    ),
  );
  console.log(
    table(goalHead, [
      goal('rate against tmi.js', 5, against('pertybot', 'rate', 'tmi'), { least: true }),
      goal('CPU a message against tmi.js', 0.25, against('pertybot', 'cpu', 'tmi')),
      goal('rate against easy-bot', 8, against('pertybot', 'rate', 'easy-bot'), { least: true }),
    ]),
  );
}
await server.stop();
