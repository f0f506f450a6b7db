// Time from a line of chat to the level at a pin, and what that costs, against the script that a maker would write.
// usage: npm run build && tools/gpio-vm.sh --timeout 1800 -- node bench/pin.mjs [--rounds 3] [--count 160]
//        npm run build && node bench/pin.mjs      (no pins here: the simulated board, and a script that writes a file)
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  cpuTime,
  goal,
  goalHead,
  machine,
  median,
  now,
  option,
  quantile,
  ratios,
  rotated,
  spread,
  startProgram,
  table,
} from './chat/harness.mjs';
import { startPinChat } from './pin/pin-chat.mjs';
import { familyOf } from './rest/family.mjs';

const rounds = option('rounds', 3);
const count = option('count', 160);
const warmup = option('warmup', 64);
const log = process.env.GPIO_LOG;
const root = new URL('../', import.meta.url);
const pins = [17, 27, 22, 23, 24, 25, 5, 6];
/** Milliseconds between two changes: no lamp is switched on more often than a light may be by default. */
const pace = 60;
const loads = [
  { title: 'idle', perSecond: 0 },
  { title: '200 other lines a second', perSecond: 200 },
];
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1]
  : undefined;
const names = (log ? ['script', 'onoff', 'chardev'] : ['script', 'simulated']).filter(
  (name) => only === undefined || name === only,
);

/** The folder of a bot with four lamps, everything else as it comes. */
function makeBot(driver, port) {
  const folder = new URL(`.pertybot/${driver}/`, new URL('pin/', import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const lamps = pins.map(
    (pin, index) => `        lamp${index + 1}: { type: light, pin: GPIO${pin} }`,
  );
  const moves = driver === 'simulated' ? ['  - use: ../../moves-plugin.mjs'] : [];
  writeFileSync(
    new URL('plugins.yaml', folder),
    [
      'plugins:',
      '  - use: ../../../chat/bot/fixed-token.mjs',
      '  - use: irc',
      // As the script, which knows no limits.
      `    config: { channels: [bench], server: 127.0.0.1, port: ${port}, secure: false, limits: verified }`,
      '  - use: gpio',
      `    config:`,
      `      driver: ${driver}`,
      `      gadgets:`,
      ...lamps,
      ...moves,
      '',
    ].join('\n'),
  );
  return fileURLToPath(folder);
}

function start(name, port) {
  const env = { BENCH_PORT: String(port) };
  const execArgv = process.env.BENCH_EXEC?.split(' ') ?? [];
  if (name === 'script') {
    return startProgram(fileURLToPath(new URL(`bench/pin/script${log ? '' : '-file'}.mjs`, root)), {
      env,
      execArgv,
    });
  }
  const args = ['start', '--dir', makeBot(name, port)];
  return startProgram(fileURLToPath(new URL('packages/cli/bin/run.js', root)), {
    args,
    env,
    execArgv,
  });
}

/** Milliseconds of CPU that a process and all that it started have used. */
function cpuOfAll(pid) {
  return familyOf(pid).reduce((sum, each) => sum + cpuTime(each), 0);
}

/** Changes of the lamps' pins that the kernel saw since the log was emptied, oldest first, milliseconds. */
function kernelMoves() {
  return readFileSync(log, 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(
      ([, chip, line, , what]) =>
        what === 'write' && chip?.startsWith('pinctrl-') && pins.includes(Number(line)),
    )
    .map(([time]) => Number(time) * 1_000);
}

async function movesOf(client) {
  if (log) return kernelMoves();
  const answer = client.hear('moves');
  client.ask({ type: 'moves' });
  return (await answer).times;
}

/** Measures, again where the machine was too busy for it. */
async function measureSurely(chat, client, load) {
  for (let tries = 0; tries < 4; tries++) {
    const result = await measure(chat, client, load);
    if (result !== undefined) return result;
    console.error('The machine stood still; once more.');
    await sleep(5_000);
    for (let lamp = 1; lamp <= pins.length; lamp++) chat.say(`!lamp${lamp} off`);
    await settle(chat, client);
  }
  throw new Error('Not all changes came, four times in a row.');
}

/** Waits until the client heeds what viewers say: a bot that starts refuses it. */
async function settle(chat, client) {
  for (let tries = 0; tries < 60; tries++) {
    if (log) writeFileSync(log, '\n');
    chat.say('!lamp1 on');
    await sleep(500);
    const moved = await movesOf(client);
    chat.say('!lamp1 off');
    await sleep(700);
    if (moved.length > 0) return;
  }
  throw new Error('The client moves no pin.');
}

/** Switches the lamps on one after the other, then off, and so on. */
async function measure(chat, client, { times, perSecond }) {
  if (log) writeFileSync(log, '\n');
  else await movesOf(client);
  const stop = perSecond > 0 ? chat.chatter(perSecond) : () => 0;
  const used = cpuOfAll(client.pid);
  const answered = chat.replies();
  const sent = [];
  const begun = now();
  for (let turn = 0; turn < times; turn++) {
    const lamp = (turn % pins.length) + 1;
    const state = Math.floor(turn / pins.length) % 2 === 0 ? 'on' : 'off';
    await sleep(Math.max(1, begun + turn * pace + (turn % 7) - now()));
    sent.push(now());
    chat.say(`!lamp${lamp} ${state}`);
  }
  await sleep(150);
  const lines = stop() + times;
  const cpu = ((cpuOfAll(client.pid) - used) / lines) * 1_000;
  let moved = await movesOf(client);
  for (let tries = 0; log && moved.length < times && tries < 50; tries++) {
    await sleep(100);
    moved = await movesOf(client);
  }
  if (moved.length !== times) {
    console.error(`${times} changes were asked for, and ${moved.length} came.`);
    return undefined;
  }
  // A client that answers nobody would have less to do.
  const answers = chat.replies() - answered;
  if (answers !== times) throw new Error(`${times} changes had ${answers} answers.`);
  const waits = moved.map((time, index) => (time - sent[index]) * 1_000);
  return { p50: quantile(waits, 0.5), p95: quantile(waits, 0.95), p99: quantile(waits, 0.99), cpu };
}

const results = [];
for (let round = 0; round < rounds; round++) {
  const result = {};
  for (const name of rotated(names, round)) {
    const chat = await startPinChat();
    const client = start(name, chat.port);
    await chat.joined;
    await settle(chat, client);
    result[name] = [];
    for (const { perSecond } of loads) {
      await measureSurely(chat, client, { times: warmup, perSecond });
      result[name].push(await measureSurely(chat, client, { times: count, perSecond }));
    }
    await client.end();
    chat.stop();
  }
  results.push(result);
  console.error(`round ${round + 1} of ${rounds}`, JSON.stringify(result));
}

console.log(
  `### From a line of chat to the pin\n\n${machine()}, ${rounds} rounds, ${count} changes each\n`,
);
for (const [index, { title }] of loads.entries()) {
  const of = (name, field) => (round) => round[name][index][field];
  const middle = (name, field) => Math.round(median(results.map(of(name, field))));
  const against = (name, field) => ratios(results, of(name, field), of('script', field));
  const rows = names.map((name) => [
    name,
    ...['p50', 'p95', 'p99'].map((field) => middle(name, field)),
    middle(name, 'cpu'),
    ...(only ? [] : ['p50', 'p95', 'p99', 'cpu'].map((field) => spread(against(name, field)))),
  ]);
  const head = ['client', 'p50 µs', 'p95 µs', 'p99 µs', 'CPU ms per 1,000 lines'];
  const ratio = ['p50', 'p95', 'p99', 'CPU'].map((field) => `${field} against the script`);
  console.log(`#### ${title}\n\n${table([...head, ...(only ? [] : ratio)], rows)}`);
  if (only) continue;
  console.log(
    table(
      goalHead,
      names
        .slice(1)
        .flatMap((name) => [
          ...['p50', 'p99'].map((field) =>
            goal(`${name}, ${field}`, name === 'chardev' ? 0.9 : 1, against(name, field)),
          ),
          goal(`${name}, CPU per 1,000 lines`, 1, against(name, 'cpu')),
        ]),
    ),
  );
}
