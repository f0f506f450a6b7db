// What the page costs the whole bot: its memory and start before a page was opened and with one, and what chat loses
// while one is open. Runs take turns, so that a busy machine is busy for all of them.
// usage: npm run build && node bench/page/cost.mjs [--rounds 7] [--count 400000]
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  cpuTime,
  goal,
  goalHead,
  machine,
  memoryOf,
  option,
  rotated,
  spread,
  startServer,
  table,
} from '../chat/harness.mjs';
import { makeWholeBot, startBot, startTwitch, wholeBot } from '../chat/whole-bot.mjs';

const rounds = option('rounds', 7);
const count = option('count', 400_000);
const rest = 1_500;
const dashboard = new URL('../../packages/plugin-dashboard/lib/index.js', import.meta.url);
const { makeOneTime } = await import(dashboard.href);

const twitch = await startTwitch();
const names = ['without the plugin', 'before a page was opened', 'with a page'];

/** Asks for something as a browser does. @returns status, cookie and bytes; a stream is left open */
function ask(address, target, { cookie, isStream = false } = {}) {
  const url = new URL(target, address);
  const headers = { host: url.host, ...(cookie && { cookie }) };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: url.port, path: target, headers }, (answer) => {
      let bytes = 0;
      const told = () => ({ status: answer.statusCode, headers: answer.headers, bytes });
      answer.on('data', (part) => {
        bytes += part.length;
      });
      if (isStream) resolve({ ...told(), read: () => bytes, close: () => sent.destroy() });
      answer.on('end', () => resolve(told()));
      answer.on('error', () => {});
    });
    sent.on('error', (error) => (isStream ? undefined : reject(error)));
    sent.end();
  });
}

/** Opens the page as its owner does: by a link, with all that it loads at first. @returns its open stream */
async function openPage() {
  const keys = JSON.parse(readFileSync(new URL('.pertybot/page.json', wholeBot), 'utf8'));
  const { address } = keys;
  const login = await ask(address, `/login?once=${makeOneTime(keys.link, 'owner')}`);
  const cookie = login.headers['set-cookie'][0].split(';')[0];
  for (const target of ['/', '/main.js', '/main.css', '/icon.svg', '/api/me', '/health']) {
    const { status } = await ask(address, target, { cookie });
    if (status >= 400 && status !== 503) throw new Error(`${target} answered ${status}`);
  }
  return ask(address, '/events', { cookie, isStream: true });
}

/** Starts the whole bot. @returns what it cost when it had joined and rested */
async function run(name, server) {
  makeWholeBot(twitch, server.port);
  const file = new URL('plugins.yaml', wholeBot);
  const isServed = name !== names[0];
  const added = isServed ? '  - use: dashboard\n' : '';
  writeFileSync(file, `${readFileSync(file, 'utf8')}${added}`);
  const joined = server.hear('joined');
  const bot = startBot(wholeBot);
  const { at } = await joined;
  await sleep(rest);
  const page = name === names[2] ? await openPage() : undefined;
  await sleep(rest);
  const { rss, pss } = memoryOf(bot.pid);
  return { bot, page, start: at - bot.begun, rss, pss };
}

/** CPU time of a message, µs: of the bot with its page open, or without. */
async function floodCost(bot, server) {
  const flood = async (lines) => {
    const flooded = server.hear('flooded');
    server.ask({ type: 'flood', count: lines, perFrame: 8 });
    await flooded;
  };
  await flood(count / 2);
  const [cpu, begun] = [cpuTime(bot.pid), performance.now()];
  await flood(count);
  return {
    cpu: ((cpuTime(bot.pid) - cpu) * 1_000) / count,
    rate: count / ((performance.now() - begun) / 1_000),
  };
}

const results = [];
for (let round = -1; round < rounds; round++) {
  const result = {};
  for (const name of rotated(names, round + 1)) {
    const server = await startServer();
    const { bot, page, ...cost } = await run(name, server);
    result[name] = { ...cost, ...(await floodCost(bot, server)) };
    page?.close();
    await bot.stop();
    await server.stop();
  }
  // The first round fills caches and is not counted.
  if (round >= 0) results.push(result);
  console.error(`round ${round + 1} of ${rounds}`);
}
await twitch.stop();

const of = (name, field) => results.map((round) => round[name][field]);
const beyond = (name, field, other) =>
  results.map((round) => round[name][field] - round[other][field]);
const loss = results.map((round) => 100 * (1 - round[names[2]].rate / round[names[1]].rate));
const more = (name, other) =>
  results.map((round) => 100 * (round[name].cpu / round[other].cpu - 1));
console.log(`${machine()}; ${rounds} rounds\n`);
console.log(
  table(
    [
      'whole bot',
      'start to joined, ms',
      'RSS MB',
      'PSS MB',
      'messages a second',
      'CPU µs a message',
    ],
    names.map((name) => [
      name,
      spread(of(name, 'start'), 0),
      spread(of(name, 'rss'), 1),
      spread(of(name, 'pss'), 1),
      `${spread(
        of(name, 'rate').map((rate) => rate / 1_000),
        0,
      )} k`,
      spread(of(name, 'cpu')),
    ]),
  ),
);
console.log(
  table(goalHead, [
    goal('start before a page was opened, ms more', 15, beyond(names[1], 'start', names[0]), {
      digits: 1,
    }),
    goal('RSS before a page was opened, MB more', 2, beyond(names[1], 'rss', names[0]), {
      digits: 1,
    }),
    goal('RSS with a page, MB more', 14, beyond(names[2], 'rss', names[0]), { digits: 1 }),
    goal('CPU of a message before a page was opened, % more', 10, more(names[1], names[0]), {
      digits: 1,
    }),
    goal('CPU of a message with a page, % more than before', 3, more(names[2], names[1]), {
      digits: 1,
    }),
    goal('messages a second lost while a page is open, %', 3, loss, { digits: 1 }),
  ]),
);
