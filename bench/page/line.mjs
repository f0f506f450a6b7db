// What a line of chat costs with nobody, with the page of nobody, and with a page that is open: from its frame to its
// listeners, in one process and in turns, so that a busy machine is busy for all of them. What listens to bits and
// rewards, as a plugin may, stands beside it.
// usage: npm run build && node bench/page/line.mjs [--rounds 9] [--count 200000]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLines } from '../chat/lines.mjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
};
const rounds = option('rounds', 9);
const count = option('count', 200_000);
const from = (file) => import(new URL(`../../packages/${file}.js`, import.meta.url).href);
const { EventHub } = await from('core/dist/events/event-hub');
const { IncomingMessages, LineCounts } = await from('plugin-irc/dist/incoming/incoming-messages');
const { readPrivateMessageLine } = await from('plugin-irc/dist/tmi/private-message-line');
const { oncePerTurn } = await from('plugin-dashboard/dist/live/once-per-turn');
const { toldEvents } = await from('plugin-dashboard/dist/live/to-feed-event');
const { read } = await from('plugin-dashboard/dist/live/reader');
const { PageDesk } = await from('plugin-dashboard/dist/server/page-desk');
const { noControl } = await from('core/dist/contracts/owner-control');

const perFrame = 8;
const lines = createLines(20_000);
const frames = Array.from({ length: lines.length / perFrame }, (_, index) =>
  Buffer.from(`${lines.slice(index * perFrame, (index + 1) * perFrame).join('\r\n')}\r\n`),
);
const stateFolder = mkdtempSync(join(tmpdir(), 'pertybot-line-'));
const clock = { now: () => performance.now(), date: () => new Date() };

/** What reads lines and tells them, and the hub that tells. */
function makeChat() {
  const hub = new EventHub(() => {});
  const inbox = {
    hear: (message) => {
      hub.tellProgram('message', message);
      hub.tellPlugins('message', message);
    },
    emit: (event, data) => hub.emit(event, data),
    isHeard: (event) => hub.isHeard(event),
    isBrought: () => false,
  };
  const config = { ignore: [], sharedChat: true };
  const [joiner, queue] = [{ sitsInRoom: () => false }, { saidLately: () => false }];
  const chat = new IncomingMessages(config, joiner, inbox, new LineCounts(), queue, clock);
  chat.begin('pertybot');
  return { hub, chat };
}

/** The page of a bot, as its plugin has it. */
async function makePage(hub, isOpen) {
  const monotonic = oncePerTurn(() => clock.now());
  const now = oncePerTurn(() => clock.date().getTime());
  const desk = await PageDesk.open({ control: noControl, stateFolder, now, monotonic }, '');
  for (const name of toldEvents) hub.overhear(name, (data) => desk.hear({ name, data }));
  if (!isOpen) return;
  const stream = { send: (_, data) => JSON.stringify(data) };
  const { feed, hour, watch, epoch } = desk;
  const sources = { feed, hour, watch, log: noControl.log, epoch, now };
  read(stream, sources, { role: 'owner', lastId: undefined });
}

const cases = {
  'no page': () => {},
  'a page that nobody looks at': (hub) => makePage(hub, false),
  'a page that is open': (hub) => makePage(hub, true),
  'listeners of bits and rewards, no page': (hub) => {
    hub.on('cheer', () => {});
    hub.on('redeem', () => {});
  },
};

async function run(chat) {
  for (let index = 0; index < count / perFrame; index++) {
    // A packet holds some sixteen of them.
    if (index % 16 === 0) await new Promise(setImmediate);
    const text = frames[index % frames.length].toString();
    for (let start = 0, stop = text.indexOf('\r\n'); stop !== -1; ) {
      chat.take(readPrivateMessageLine(text, start, stop));
      start = stop + 2;
      stop = text.indexOf('\r\n', start);
    }
  }
}

const names = Object.keys(cases);
const chats = [];
for (const name of names) {
  const { hub, chat } = makeChat();
  await cases[name](hub);
  chats.push(chat);
}
rmSync(stateFolder, { recursive: true });
const costs = names.map(() => []);
for (let round = -2; round < rounds; round++) {
  for (const [index] of names.entries()) {
    const turn = (index + round + names.length) % names.length;
    const before = process.cpuUsage();
    await run(chats[turn]);
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) costs[turn].push((user + system) / count);
  }
}
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
console.log(`CPU µs a line, and the median of its ratios to none; ${rounds} rounds\n`);
for (const [index, name] of names.entries()) {
  const ratio = median(costs[index].map((cost, round) => cost / costs[0][round]));
  console.log(`${name.padEnd(40)} ${median(costs[index]).toFixed(2)}   ${ratio.toFixed(2)}`);
}
process.exit();
