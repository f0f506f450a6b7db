// What it costs to lead a chat line to its command, with 10 commands and with 1,000, beside the way of
// one listener for each command. All in one process and in turns; each figure is the median of the
// rounds, each ratio the median of the ratios within a round.
//
//   npm run build && node bench/dispatch.mjs [rounds]
import { EventEmitter } from 'node:events';
import { CommandRegistry } from '../packages/core/dist/commands/command-registry.js';
import { CommandRouter } from '../packages/core/dist/commands/command-router.js';
import { EventHub } from '../packages/core/dist/events/event-hub.js';
import { SpokenReplies, SystemClock, silentLogger } from '../packages/core/dist/host.js';
import { makeMessage } from '../packages/core/dist/testing/index.js';

const rounds = Number(process.argv[2] ?? 15);
const few = 10;
const many = 1_000;

/** Lines per round; those of the slow ways are fewer. */
const lines = 20_000;
const slowLines = 1_000;

let handled = 0;

function makeRouter(count) {
  const commands = new CommandRegistry();
  const { signal } = new AbortController();
  const owner = { id: 'bench', log: silentLogger, signal, tuning: {} };
  for (let i = 0; i < count; i++) {
    commands.add(owner, `command${i} <state:on|off> [for:duration]`, {}, ({ args }) => {
      if (args.state === 'on') handled += 1;
    });
  }
  const replies = new SpokenReplies({});
  return new CommandRouter({
    commands,
    events: new EventHub(() => {}),
    clock: new SystemClock(),
    known: { is: () => false },
    onFault: (_, error) => {
      throw error;
    },
    prefix: () => '!',
    replies: () => replies,
    unready: () => undefined,
    rests: () => undefined,
    chat: () => undefined,
  });
}

/** What many bots do: every command listens to every line, splits it and compares. */
function makeListeners(count) {
  const emitter = new EventEmitter().setMaxListeners(count);
  for (let i = 0; i < count; i++) {
    const name = `!command${i}`;
    emitter.on('message', ({ text }) => {
      const [command, state] = text.trim().split(' ');
      if (command.toLowerCase() === name && state === 'on') handled += 1;
    });
  }
  return emitter;
}

const chat = [
  'nice stream!',
  'PogChamp PogChamp',
  'what is that lamp?',
  'well played :)',
  '@alice hi',
];

const messagesFor = (count) =>
  Array.from({ length: 1_000 }, (_, i) =>
    makeMessage(`!command${(i * 7) % count} on 10s`, { as: `viewer${i}` }),
  );
const chatMessages = Array.from({ length: 1_000 }, (_, i) =>
  makeMessage(`${chat[i % chat.length]} ${i}`, { as: `viewer${i}` }),
);

async function throughRouter(router, messages, amount) {
  for (let i = 0; i < amount; i++) {
    const routed = router.route(messages[i % messages.length]);
    if (routed !== undefined) await routed;
  }
}

async function throughListeners(emitter, messages, amount) {
  for (let i = 0; i < amount; i++) emitter.emit('message', messages[i % messages.length]);
}

const routers = { [few]: makeRouter(few), [many]: makeRouter(many) };
const listeners = { [few]: makeListeners(few), [many]: makeListeners(many) };
const calls = { [few]: messagesFor(few), [many]: messagesFor(many) };

const cases = {
  [`router, command of ${few}`]: [() => throughRouter(routers[few], calls[few], lines), lines],
  [`router, command of ${many}`]: [() => throughRouter(routers[many], calls[many], lines), lines],
  [`router, chat line, ${few}`]: [() => throughRouter(routers[few], chatMessages, lines), lines],
  [`router, chat line, ${many}`]: [() => throughRouter(routers[many], chatMessages, lines), lines],
  [`listeners, command of ${few}`]: [
    () => throughListeners(listeners[few], calls[few], lines),
    lines,
  ],
  [`listeners, command of ${many}`]: [
    () => throughListeners(listeners[many], calls[many], slowLines),
    slowLines,
  ],
  [`listeners, chat line, ${few}`]: [
    () => throughListeners(listeners[few], chatMessages, lines),
    lines,
  ],
  [`listeners, chat line, ${many}`]: [
    () => throughListeners(listeners[many], chatMessages, slowLines),
    slowLines,
  ],
};

/** Microseconds of processor time for each line. */
async function measure([work, amount]) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / amount;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const names = Object.keys(cases);
const results = new Map(names.map((name) => [name, []]));
for (let round = -2; round < rounds; round++) {
  // Each round begins elsewhere, so that no case always comes first.
  const order = names.map((_, index) => names[(index + round + names.length) % names.length]);
  for (const name of order) {
    const cost = await measure(cases[name]);
    if (round >= 0) results.get(name).push(cost);
  }
}

const ratio = (name, to) => median(results.get(name).map((cost, i) => cost / results.get(to)[i]));

console.log(`microseconds of CPU per line, median of ${rounds} rounds (Node ${process.version})\n`);
for (const name of names) {
  const costs = results.get(name);
  const spread = `${Math.min(...costs).toFixed(3)} to ${Math.max(...costs).toFixed(3)}`;
  console.log(`${name.padEnd(28)} ${median(costs).toFixed(3).padStart(9)}   (${spread})`);
}

const checks = [
  ['router: command of 1,000 to one of 10', ratio(names[1], names[0]), 1.3],
  [
    'router: chat line, µs',
    Math.max(median(results.get(names[2])), median(results.get(names[3]))),
    0.5,
  ],
];
console.log('\nratios, median within rounds');
console.log(`listeners: command of 1,000 to one of 10   ${ratio(names[5], names[4]).toFixed(1)}`);
console.log(`listeners to router, command of 1,000      ${ratio(names[5], names[1]).toFixed(1)}`);
console.log(`listeners to router, chat line, 1,000      ${ratio(names[7], names[3]).toFixed(0)}`);
for (const [what, value, most] of checks) {
  const verdict = value <= most ? 'ok' : 'TOO MUCH';
  console.log(`${what.padEnd(42)} ${value.toFixed(3)}, at most ${most}: ${verdict}`);
}
console.log(`\n(${handled} handlers ran)`);
process.exitCode = checks.every(([, value, most]) => value <= most) ? 0 : 1;
