// Time from a redemption at Twitch to the pin: PertyBot with its journal, against a hand-written `ws` +
// JSON.parse + write. Each hears a simulated Twitch in a process of its own; they take turns.
// Told of the first hundred, which no compiler has seen often yet, and of those after the warm-up.
// usage: npm run build && node bench/eventsub/arrival.mjs [--rounds 5] [--count 400] [--warmup 1500]
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const rounds = option('rounds', 5);
const count = option('count', 400);
const warmup = option('warmup', 1_500);
const firstOnes = 100;
const goal = 1.3;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
const results = [];
for (let round = 0; round < rounds; round += 1) {
  results.push(await measure(round % 2 === 0 ? ['hand', 'pertybot'] : ['pertybot', 'hand']));
  console.error(`round ${round + 1} of ${rounds}`);
}
console.log('### Redemption to pin, the journal on\n');
console.log(
  '| which | hand-written p50 µs | pertybot p50 µs | ratio | goal |\n|---|---|---|---|---|',
);
for (const [what, of] of [
  [`the first ${firstOnes}`, 'cold'],
  [`after ${warmup}`, 'warm'],
]) {
  const ratios = results.map(({ hand, pertybot }) => pertybot[of] / hand[of]).sort((a, b) => a - b);
  const middle = quantile(ratios);
  const time = (name) => Math.round(quantile(results.map((each) => each[name][of])));
  const range = `${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)}`;
  const verdict = of === 'cold' ? '' : `${middle <= goal ? '' : 'missed: '}≤ ${goal}`;
  console.log(
    `| ${what} | ${time('hand')} | ${time('pertybot')} | ${middle.toFixed(2)} (${range}) | ${verdict} |`,
  );
}

/** The medians of the times from Twitch to the pin, microseconds: by turns, so that a busy machine is so for both. */
async function measure(names) {
  const sides = await Promise.all(names.map(open));
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let n = 0; n < warmup + count; n += 1) {
    for (const { name, server, client } of sides) {
      const moved = hear(client, 'moved');
      server.send({ type: 'redeem', viewer: `viewer${n}` });
      const [{ at: sent }, { at }] = await Promise.all([hear(server, 'redeemed'), moved]);
      times[name].push(Number(BigInt(at) - BigInt(sent)) / 1_000);
      // No pin is asked to switch faster than its guard lets it.
      await sleep(15);
    }
  }
  for (const { server, client, folder } of sides) {
    client.kill('SIGKILL');
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => {
      return [name, { cold: quantile(all.slice(0, firstOnes)), warm: quantile(all.slice(warmup)) }];
    }),
  );
}

/** A client before a Twitch of its own: what the hand-written one leaves open would be PertyBot's to settle. */
async function open(name) {
  const server = await start('twitch.mjs');
  const { twitch } = await hear(server, 'twitch');
  const folder = mkdtempSync(join(tmpdir(), 'pertybot-bench-'));
  writeFileSync(join(folder, 'twitch.json'), JSON.stringify(twitch));
  const client = await start(`${name}.mjs`, folder);
  await hear(client, 'ready');
  return { name, server, client, folder };
}

async function start(file, ...words) {
  const child = fork(here(file), words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.add(child);
  return child;
}

function hear(child, type) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`There was no "${type}" in time.`)), 60_000);
    const onMessage = (message) => {
      if (message.type !== type) return;
      clearTimeout(timer);
      child.off('message', onMessage);
      resolve(message);
    };
    child.on('message', onMessage);
  });
}

function quantile(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function option(name, usual) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
}
