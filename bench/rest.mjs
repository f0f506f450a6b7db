// How often a bot that has nothing to do wakes, and how much of a core it uses: its guardian and all its threads are counted.
// usage: npm run build && tools/gpio-vm.sh --timeout 300 -- node bench/rest.mjs [--seconds 60]
//        npm run build && node bench/rest.mjs     (the simulated board: no guardian)
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { goal, goalHead, machine, option, table } from './chat/harness.mjs';
import { familyOf } from './rest/family.mjs';
import { makeFullBot } from './rest/full-bot.mjs';

const seconds = option('seconds', 60);
const bot = await makeFullBot('rest');
await bot.ready;
// What a start leaves behind has ended by then.
await sleep(20_000);

/** What each thread of the bot and of its children has done so far. */
function look() {
  const threads = new Map();
  for (const pid of familyOf(bot.pid)) {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const status = readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8');
      const field = (name) => new RegExp(`^${name}:\\s+(.*)`, 'm').exec(status)[1];
      const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8').split(') ')[1].split(' ');
      threads.set(`${pid}/${task} ${field('Name')}`, {
        wakes: Number(field('voluntary_ctxt_switches')),
        cpu: (Number(stat[11]) + Number(stat[12])) * 10,
      });
    }
  }
  return threads;
}

const before = look();
await sleep(seconds * 1_000);
const after = look();
const rows = [...after].map(([name, now]) => {
  const then = before.get(name) ?? { wakes: 0, cpu: 0 };
  return {
    name,
    wakes: (now.wakes - then.wakes) / seconds,
    cpu: (now.cpu - then.cpu) / seconds / 10,
  };
});
const sum = (field) => rows.reduce((total, row) => total + row[field], 0);
console.log(`### At rest\n\n${machine()}, ${seconds} s\n`);
console.log(
  table(
    ['thread', 'wakes a second', '% of a core'],
    rows
      .filter(({ wakes }) => wakes > 0)
      .map(({ name, wakes, cpu }) => [name, wakes.toFixed(2), cpu.toFixed(2)]),
  ),
);
console.log(
  table(goalHead, [
    goal('wakes a second', 6, [sum('wakes')]),
    goal('% of a core', 0.3, [sum('cpu')]),
  ]),
);
await bot.stop();
