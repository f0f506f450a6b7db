// A bot of all first-party plugins, held to little memory or little of the processor: does it miss a pin, an answer or a sign
// of life? Needs to be root, on a machine whose control groups have the controller.
// usage: npm run build && node bench/soak.mjs memory [--seconds 180]     (180 MB, no swap)
//        npm run build && node bench/soak.mjs cpu                        (a tenth of a core)
//        tools/gpio-vm.sh --timeout 400 -- node bench/soak.mjs memory    (real pins, with a guardian)
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machine, now, option, table } from './chat/harness.mjs';
import { startPinChat } from './pin/pin-chat.mjs';
import { familyOf } from './rest/family.mjs';
import { makeFullBot } from './rest/full-bot.mjs';

const kind = process.argv[2] === 'cpu' ? 'cpu' : 'memory';
const seconds = option('seconds', 180);
const watchdog = 30;
const root = '/sys/fs/cgroup';
const isOld = existsSync(join(root, kind));
const group = join(root, isOld ? kind : '', 'pertybot-soak');

/** Files of a group, and what stands in them: a tenth of a core, or 180 MB and no swap. */
const bytes = String(180 * 1024 * 1024);
const limits = {
  cpu: isOld
    ? { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '10000' }
    : { 'cpu.max': '10000 100000' },
  memory: isOld
    ? { 'memory.limit_in_bytes': bytes, 'memory.memsw.limit_in_bytes': bytes }
    : { 'memory.max': bytes, 'memory.swap.max': '0' },
};

/** Makes the group. @throws Error where the machine has no such controller */
function makeGroup() {
  if (!isOld) writeFileSync(join(root, 'cgroup.subtree_control'), `+${kind}`);
  mkdirSync(group, { recursive: true });
  for (const [name, value] of Object.entries(limits[kind])) {
    // A kernel without swap has no file for it.
    if (existsSync(join(group, name))) writeFileSync(join(group, name), value);
  }
}

/** A program in the place of systemd-notify, which notes when it was called. */
function standInForSystemd() {
  const folder = join(tmpdir(), `pertybot-soak-${process.pid}`);
  const notes = join(folder, 'notes');
  mkdirSync(folder);
  writeFileSync(notes, '');
  const script = `#!/bin/sh\nread -r up rest </proc/uptime\necho "$up $*" >>"${notes}"\n`;
  writeFileSync(join(folder, 'systemd-notify'), script, { mode: 0o755 });
  const env = {
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    NOTIFY_SOCKET: join(folder, 'socket'),
    WATCHDOG_USEC: String(watchdog * 1e6),
  };
  const times = () =>
    readFileSync(notes, 'utf8')
      .split('\n')
      .filter((line) => line.includes('WATCHDOG'))
      .map((line) => Number.parseFloat(line));
  return { env, times };
}

makeGroup();
const systemd = standInForSystemd();
const chat = await startPinChat();
const bot = await makeFullBot('soak', { chat, env: systemd.env });
for (const pid of familyOf(bot.pid)) writeFileSync(`${group}/cgroup.procs`, String(pid));
await bot.ready;
await sleep(15_000);
const before = chat.replies();
const stop = chat.chatter(20);
const end = now() + seconds * 1_000;
let asked = 0;
const waits = [];
while (now() < end) {
  const begun = now();
  const due = before + asked + 1;
  chat.say(`!lamp ${asked % 2 === 0 ? 'on' : 'off'}`);
  asked += 1;
  while (chat.replies() < due && now() - begun < 10_000) await sleep(5);
  waits.push(now() - begun);
  await sleep(Math.max(0, 1_000 - (now() - begun)));
}
stop();
const answered = chat.replies() - before;
const events = existsSync(`${group}/memory.events`)
  ? readFileSync(`${group}/memory.events`, 'utf8')
  : '';
const killed = Number(/oom_kill (\d+)/.exec(events)?.[1] ?? 0);
const peak = [`${group}/memory.peak`, `${group}/memory.max_usage_in_bytes`].find(existsSync);
const times = systemd.times();
const gaps = times.slice(1).map((time, index) => time - times[index]);
const pins = process.env.GPIO_LOG
  ? readFileSync(process.env.GPIO_LOG, 'utf8')
      .split('\n')
      .filter((line) => / 17 [01] write /.test(line)).length
  : undefined;
console.log(`### Soak: ${kind}, ${seconds} s\n\n${machine()}\n`);
console.log(
  table(
    ['what', 'asked', 'came'],
    [
      ['answers', asked, answered],
      ...(pins === undefined ? [] : [['changes of the pin', asked, pins]]),
      ['longest wait for one, ms', '', Math.round(Math.max(...waits))],
      ['signs of life', Math.floor(seconds / (watchdog / 3)), times.length],
      ['longest time without, s', watchdog, Math.max(...gaps).toFixed(1)],
      ['killed for want of memory', 0, killed],
      ...(peak === undefined
        ? []
        : [
            [
              'most memory of all of it, MB',
              180,
              Math.round(readFileSync(peak, 'utf8') / 1_048_576),
            ],
          ]),
    ],
  ),
);
const isMissed = answered < asked || (pins !== undefined && pins < asked);
await bot.stop(isMissed || killed > 0 || Math.max(...gaps) > watchdog ? 1 : 0);
