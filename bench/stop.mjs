// How long a bot of all first-party plugins takes to stop, from the signal to the end of its process: as it is, and with a plugin
// that has 60,000 timers and 10,000 listeners, beside one whose pins were claimed and given back 1,000 times.
// usage: npm run build && node bench/stop.mjs [--rounds 5]     (the simulated board: no guardian)
//        tools/gpio-vm.sh --timeout 400 -- node bench/stop.mjs --rounds 3
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuTime, goal, goalHead, machine, median, now, option, table } from './chat/harness.mjs';
import { makeFullBot } from './rest/full-bot.mjs';

const rounds = option('rounds', 5);
const [timers, listeners, pins, claims] = [60_000, 10_000, 20, 50];

const many = `import { definePlugin } from '@pertybot/core';
import { writeFileSync } from 'node:fs';
export default definePlugin({
  name: 'many',
  start({ after, every, on }) {
    for (let index = 0; index < ${timers / 2}; index++) {
      after('1h', () => {});
      every('1h', () => {});
    }
    for (let index = 0; index < ${listeners / 2}; index++) {
      on('message', () => {});
      on('follow', () => {});
    }
    writeFileSync(new URL('many-started', import.meta.url), '');
  },
});
`;
const claimed = `import { definePlugin } from '@pertybot/core';
import { Gpio } from '@pertybot/plugin-gpio';
import { writeFileSync } from 'node:fs';
const used = [17, 27];
const free = Array.from({ length: 28 }, (_, pin) => pin).filter((pin) => !used.includes(pin)).slice(-${pins});
export default definePlugin({
  name: 'claimed',
  needs: { gpio: Gpio },
  async start({ gpio }) {
    for (const pin of free) await gpio.output(pin, { name: \`pin\${pin}\` });
    writeFileSync(new URL('claimed-started', import.meta.url), '');
  },
});
`;

/** Has the bot restart a plugin, as \`pertybot plugins restart\` does. */
async function restart(folder, plugin) {
  const socket = connect(join(folder, '.pertybot', 'control.sock'));
  socket.write(`${JSON.stringify({ ask: 'restart', plugin })}\n`);
  let answer = '';
  for await (const part of socket) answer += part;
  if (!answer.includes('"done":true')) throw new Error(answer);
}

/** @returns milliseconds, and CPU time, from the signal to the end */
async function timeStop(local) {
  const bot = await makeFullBot('stop', { local });
  await bot.ready;
  // It has joined before the last plugin has started.
  for (const name of Object.keys(local)) {
    while (!existsSync(join(bot.folder, `${name}-started`))) await sleep(50);
  }
  if (local.claimed) for (let time = 1; time < claims; time++) await restart(bot.folder, 'claimed');
  await sleep(2_000);
  const before = cpuTime(bot.pid);
  let cpu = 0;
  // What a process used can be read until its end has been heard of.
  const look = setInterval(() => {
    try {
      cpu = cpuTime(bot.pid) - before;
    } catch {
      clearInterval(look);
    }
  }, 5);
  const ended = new Promise((resolve) => bot.child.process.once('exit', () => resolve(now())));
  const begun = now();
  const all = bot.end();
  const wall = (await ended) - begun;
  clearInterval(look);
  await all;
  return { wall, cpu };
}

const results = { bare: [], full: [] };
for (let round = 0; round < rounds; round++) {
  results.bare.push(await timeStop({}));
  results.full.push(await timeStop({ many, claimed }));
}
const of = (name, field) => results[name].map((result) => result[field]);
console.log(`### Stop, ${rounds} rounds\n\n${machine()}\n`);
console.log(
  table(
    ['bot', 'ms', 'CPU ms'],
    Object.keys(results).map((name) => [
      name,
      Math.round(median(of(name, 'wall'))),
      Math.round(median(of(name, 'cpu'))),
    ]),
  ),
);
console.log(
  table(goalHead, [
    goal('stop with all of that, ms', 500, of('full', 'wall'), { digits: 0 }),
    goal('stop of the bot alone, ms', 500, of('bare', 'wall'), { digits: 0 }),
  ]),
);
process.exit();
