// Time from a redemption at Twitch to the pin: PertyBot with its journal, against a hand-written `ws` +
// JSON.parse + write. Both hear the same simulated Twitch, in a process of its own, one after the other.
// usage: npm run build && node bench/eventsub/arrival.mjs [--rounds 5] [--count 400]
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const rounds = option('rounds', 5);
const count = option('count', 400);
const warmup = 100;
const goal = 1.3;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
const results = [];
for (let round = 0; round < rounds; round += 1) {
  const result = {};
  const names = round % 2 === 0 ? ['hand', 'pertybot'] : ['pertybot', 'hand'];
  for (const name of names) result[name] = await measure(name);
  results.push(result);
  console.error(`round ${round + 1} of ${rounds}`);
}
const ratios = results.map(({ hand, pertybot }) => pertybot / hand).sort((a, b) => a - b);
const middle = ratios[Math.floor(ratios.length / 2)];
const time = (name) => Math.round(quantile(results.map((each) => each[name])));
console.log('### Redemption to pin, the journal on\n');
console.log('| client | p50 µs | against hand-written | goal |\n|---|---|---|---|');
console.log(`| hand-written | ${time('hand')} | 1 | |`);
console.log(
  `| pertybot | ${time('pertybot')} | ${middle.toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)}) | ${middle <= goal ? '' : 'missed: '}≤ ${goal} |`,
);

/** The median of the times from Twitch to the pin, microseconds. */
async function measure(name) {
  // One of its own: what the hand-written one leaves open would be PertyBot's to settle.
  const server = await start('twitch.mjs');
  const { twitch } = await hear(server, 'twitch');
  const folder = mkdtempSync(join(tmpdir(), 'pertybot-bench-'));
  writeFileSync(join(folder, 'twitch.json'), JSON.stringify(twitch));
  const client = await start(`${name}.mjs`, folder);
  await hear(client, 'ready');
  const times = [];
  for (let n = 0; n < warmup + count; n += 1) {
    const moved = hear(client, 'moved');
    server.send({ type: 'redeem', viewer: `viewer${n}` });
    const [{ at: sent }, { at }] = await Promise.all([hear(server, 'redeemed'), moved]);
    if (n >= warmup) times.push(Number(BigInt(at) - BigInt(sent)) / 1_000);
    // No pin is asked to switch faster than its guard lets it.
    await sleep(25);
  }
  client.kill('SIGKILL');
  server.kill();
  rmSync(folder, { recursive: true, force: true });
  return quantile(times);
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
