// Time from the start of a process until it has joined its channels.
// usage: npm run build && node bench/chat/start.mjs [--rounds 5]
import {
  cpuTime,
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
} from './harness.mjs';
import { installPeers } from './packages.mjs';
import {
  makeChatBot,
  makeWholeBot,
  root,
  rootBefore,
  startBot,
  startTwitch,
} from './whole-bot.mjs';

const rounds = option('rounds', 7);
const ten = Array.from({ length: 10 }, (_, index) => `bench${index}`);

installPeers();
const server = await startServer();
const twitch = await startTwitch();
const inTen = makeChatBot(server.port, ten, 'ten-channels');

async function timeBot(checkout, folder, channels = 1) {
  const joined = server.hear('joined', ({ count }) => count === channels);
  const bot = startBot(folder, { checkout });
  const { at } = await joined;
  return Object.assign(bot, { joined: at - bot.begun, startCpu: cpuTime(bot.pid) });
}

/** Both bots of a checkout. */
function startsOf(checkout, suffix = '') {
  const chatBot = makeChatBot(server.port, ['bench'], 'chat-bot', checkout);
  const wholeBot = makeWholeBot(twitch, server.port, checkout);
  return {
    [`pertybot start, core and irc${suffix}`]: () => timeBot(checkout, chatBot),
    [`pertybot start, whole bot${suffix}`]: () => timeBot(checkout, wholeBot),
  };
}

const starts = {
  raw: () => startClient(server, 'raw'),
  tmi: () => startClient(server, 'tmi'),
  ...startsOf(root),
  ...(rootBefore && startsOf(rootBefore, ', before')),
  'easy-bot': () => startClient(server, 'easy-bot'),
};
const names = Object.keys(starts);
const results = [];
// The first round fills caches, ours of local plugins among them, and is not counted.
for (let round = -1; round < rounds; round++) {
  const result = {};
  for (const name of rotated(names, round + 1)) {
    const client = await starts[name]();
    result[name] = { joined: client.joined, cpu: client.startCpu };
    await client.stop();
  }
  if (round >= 0) results.push(result);
}

const of = (name, field) => (round) => round[name][field];
const against = (name, field) => ratios(results, of(name, field), of('tmi', field));
console.log('### Start to joined, one channel\n');
console.log(
  table(
    ['client', 'ms', 'against tmi.js', 'CPU ms', 'CPU against tmi.js'],
    names.map((name) => [
      name,
      Math.round(median(results.map(of(name, 'joined')))),
      spread(against(name, 'joined')),
      Math.round(median(results.map(of(name, 'cpu')))),
      spread(against(name, 'cpu')),
    ]),
  ),
);

// tmi.js waits between two joins and needs no CPU meanwhile: its rounds may run side by side.
const slow = await Promise.all(
  Array.from({ length: rounds }, async () => {
    const own = await startServer();
    const client = await startClient(own, 'tmi', { channels: ten });
    await client.stop();
    await own.stop();
    return client.joined;
  }),
);
const quick = [];
for (let round = 0; round < rounds; round++) {
  const client = await timeBot(root, inTen, ten.length);
  quick.push(client.joined);
  await client.stop();
}
console.log('### Start to joined, ten channels\n');
console.log(
  table(
    ['client', 'ms'],
    [
      ['tmi', spread(slow, 0)],
      ['pertybot start, core and irc', spread(quick, 0)],
    ],
  ),
);
console.log(
  table(goalHead, [
    goal(
      'core and irc, one channel, against tmi.js',
      1.5,
      against('pertybot start, core and irc', 'joined'),
    ),
    goal(
      'whole bot, one channel, against tmi.js',
      1.5,
      against('pertybot start, whole bot', 'joined'),
    ),
    goal(
      'ten channels against tmi.js',
      0.1,
      quick.map((time, index) => time / slow[index]),
      { digits: 3 },
    ),
  ]),
);
await server.stop();
await twitch.stop();
