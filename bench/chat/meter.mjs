// What every client of the bench does beside being one: count, and tell the parent.

const { BENCH_PORT, BENCH_CHANNELS = 'bench', BENCH_TOKEN = 'benchtoken' } = process.env;

export const port = Number(BENCH_PORT);
/** Access token of the bot's account. */
export const token = BENCH_TOKEN;
export const channels = BENCH_CHANNELS.split(',');

let left = Number.POSITIVE_INFINITY;
let messages = 0;
let commands = 0;
let begun;
let cpu;

/** Counts a line of chat. */
export function countMessage() {
  if (messages === 0) begun = performance.now();
  messages++;
  if (--left === 0) finish();
}

/** Counts a command that was run, or refused. */
export function countCommand() {
  commands++;
}

function finish() {
  const wall = performance.now() - begun;
  const used = process.cpuUsage(cpu);
  // Commands of the last lines may be under way still.
  setTimeout(() => {
    const { rss } = process.memoryUsage();
    const time = (used.user + used.system) / 1000;
    process.send({ type: 'done', messages, commands, wall, cpu: time, rss, heap: heap() });
  }, 50);
}

function heap() {
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().heapUsed;
}

process.on('message', ({ type, count }) => {
  if (type !== 'count') return;
  left = count;
  messages = 0;
  commands = 0;
  heap();
  cpu = process.cpuUsage();
  process.send({ type: 'counting' });
});
process.on('disconnect', () => process.exit());
