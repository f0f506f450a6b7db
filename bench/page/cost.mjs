// What the page costs the whole bot: its memory and start before a page was opened and with one, and what chat loses
// while one is open. Runs take turns, so that a busy machine is busy for all of them. Two processes of the same bot differ by
// more than a page costs, so what is lost is told of one bot, whose page is open for a flood and closed for the next.
// usage: npm run build && node bench/page/cost.mjs [--rounds 7] [--count 200000] [--turns 6]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
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
const count = option('count', 200_000);
const turns = option('turns', 6);
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

/** Opens the page as its owner does: by a link, with all that it loads at first. @returns opens its stream */
async function openPage() {
  const keys = JSON.parse(readFileSync(new URL('.pertybot/page.json', wholeBot), 'utf8'));
  const { address } = keys;
  const login = await ask(address, `/login?once=${makeOneTime(keys.link, 'owner')}`);
  const cookie = login.headers['set-cookie'][0].split(';')[0];
  for (const target of ['/', '/main.js', '/main.css', '/icon.svg', '/api/me', '/health']) {
    const { status } = await ask(address, target, { cookie });
    if (status >= 400 && status !== 503) throw new Error(`${target} answered ${status}`);
  }
  return () => ask(address, '/events', { cookie, isStream: true });
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
  const open = name === names[2] ? await openPage() : undefined;
  const page = await open?.();
  await sleep(rest);
  const { rss, pss } = memoryOf(bot.pid);
  return { bot, page, open, start: at - bot.begun, rss, pss };
}

/** CPU time of all threads of a process so far, milliseconds, finer than the kernel's ticks. */
function fineCpuTime(pid) {
  const spent = (thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8');
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) =>
    Number.parseFloat(spent(thread)),
  );
  return threads.reduce((sum, time) => sum + time, 0) / 1e6;
}

/** CPU time of a message, µs, and messages a second. */
async function floodCost(bot, server) {
  const flooded = server.hear('flooded');
  const [cpu, begun] = [fineCpuTime(bot.pid), performance.now()];
  server.ask({ type: 'flood', count, perFrame: 8 });
  await flooded;
  return {
    cpu: ((fineCpuTime(bot.pid) - cpu) * 1_000) / count,
    rate: count / ((performance.now() - begun) / 1_000),
  };
}

/** Of one bot, with its page open and closed in turns: what each pair of floods lost, %. */
async function losses(bot, server, open) {
  const flood = async (isOpen) => {
    const page = isOpen ? await open() : undefined;
    await sleep(300);
    const cost = await floodCost(bot, server);
    page?.close();
    await sleep(50);
    return cost;
  };
  const lost = [];
  for (let turn = 0; turn < turns; turn++) {
    const first = await flood(turn % 2 === 0);
    const second = await flood(turn % 2 === 1);
    const [opened, closed] = turn % 2 === 0 ? [first, second] : [second, first];
    lost.push({
      rate: 100 * (1 - opened.rate / closed.rate),
      cpu: 100 * (opened.cpu / closed.cpu - 1),
    });
  }
  return lost;
}

const results = [];
const lost = [];
for (let round = -1; round < rounds; round++) {
  const result = {};
  for (const name of rotated(names, round + 1)) {
    const server = await startServer();
    const { bot, page, open, ...cost } = await run(name, server);
    await floodCost(bot, server);
    result[name] = { ...cost, ...(await floodCost(bot, server)) };
    page?.close();
    if (open && round >= 0) lost.push(...(await losses(bot, server, open)));
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
    goal(
      'CPU of a message while a page is open, % more',
      3,
      lost.map(({ cpu }) => cpu),
      { digits: 1 },
    ),
    goal(
      'messages a second lost while a page is open, %',
      3,
      lost.map(({ rate }) => rate),
      { digits: 1 },
    ),
  ]),
);
