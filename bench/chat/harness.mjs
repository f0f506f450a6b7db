// Starts the processes of a bench, and makes tables of what they tell.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// What else a machine trusts each process would read as it starts, which takes a third of the time of a short one.
delete process.env.NODE_EXTRA_CA_CERTS;

const here = fileURLToPath(new URL('./', import.meta.url));
// In the VM of a busy machine a start takes a minute.
const patience = 180_000;

const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** A child process that talks: `ask` sends an order, `hear` waits for an answer of a type. */
class Child {
  constructor(file, { env = {}, execArgv = [], args = [] } = {}) {
    this.begun = now();
    this.file = file;
    this.process = fork(file, args, {
      cwd: here,
      env: { ...process.env, ...env },
      execArgv,
      stdio: ['ignore', 'ignore', process.env.BENCH_VERBOSE ? 'inherit' : 'ignore', 'ipc'],
    });
    children.add(this.process);
    this.process.on('exit', () => children.delete(this.process));
  }

  get pid() {
    return this.process.pid;
  }

  ask(order) {
    this.process.send(order);
  }

  /** @throws when it does not come in time, or the process ends before */
  hear(type, accept = () => true) {
    return new Promise((resolve, reject) => {
      const done = (settle, value) => {
        clearTimeout(timer);
        this.process.off('message', onMessage);
        this.process.off('exit', onExit);
        settle(value);
      };
      const onMessage = (message) => {
        if (message.type === type && accept(message)) done(resolve, message);
      };
      const onExit = (code) => done(reject, new Error(`A process ended with ${code}.`));
      const timer = setTimeout(
        () => done(reject, new Error(`${this.file}: there was no "${type}" in time.`)),
        patience,
      );
      this.process.on('message', onMessage);
      this.process.on('exit', onExit);
    });
  }

  /** Rejects when the process ends by itself. */
  async failed(name) {
    const [code] = await once(this.process, 'exit');
    throw new Error(`"${name}" ended with ${code} before it had joined.`);
  }

  /** Lets it end by itself. */
  async end() {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }

  async stop() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }
}

/** Milliseconds on the machine's monotonic clock, which all processes share. */
export function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The chat server, in its own process. */
export async function startServer() {
  const server = new Child(`${here}chat-server.mjs`);
  const { port } = await server.hear('listening');
  return Object.assign(server, { port });
}

/** BENCH_BEFORE: a built checkout of an older state, to be measured beside this one. */
export const before = process.env.BENCH_BEFORE && resolve(process.env.BENCH_BEFORE);

/** `names`, and `name` where there is an older state to measure. */
export function withBefore(names, name) {
  return before ? [...names, name] : names;
}

/** Who takes part: file and environment of each client. */
const clients = {
  raw: { file: 'raw.mjs' },
  tmi: { file: 'tmi.mjs' },
  'easy-bot': { file: 'easy-bot.mjs' },
  pertybot: { file: 'pertybot.mjs' },
  'pertybot, refusing': { file: 'pertybot.mjs', env: { BENCH_COMMANDS: 'refusing' } },
  'pertybot, before': { file: `${before}/bench/chat/clients/pertybot.mjs` },
};

/** Starts a client and waits until it has joined. `joined` is how long that took, milliseconds. */
export async function startClient(server, name, { channels = ['bench'], execArgv, env } = {}) {
  const { file, env: own } = clients[name];
  const joined = server.hear('joined', ({ count }) => count === channels.length);
  const client = new Child(resolve(here, 'clients', file), {
    env: { ...own, ...env, BENCH_PORT: String(server.port), BENCH_CHANNELS: channels.join(',') },
    execArgv,
  });
  const { at } = await Promise.race([joined, client.failed(name)]);
  const startCpu = cpuTime(client.pid);
  // PertyBot runs no command until its start is over, a moment after it has joined.
  await sleep(300);
  return Object.assign(client, { joined: at - client.begun, startCpu });
}

/** Any program, as a client. */
export function startProgram(file, options) {
  return new Child(file, options);
}

/** Floods a client. @returns what it counted and used */
export async function flood(server, client, { count, perFrame }) {
  const counting = client.hear('counting');
  client.ask({ type: 'count', count });
  await counting;
  const done = client.hear('done');
  server.ask({ type: 'flood', count, perFrame });
  return done;
}

/** CPU time of a process so far, milliseconds; the kernel counts it in steps of ten. */
export function cpuTime(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident and proportional memory of a process, MB. */
export function memoryOf(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const value = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)[1]) / 1024;
  return { rss: value('Rss'), pss: value('Pss') };
}

/** The number from the command line after `--name`. */
export function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
}

export function median(values) {
  return quantile(values, 0.5);
}

export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}

/** `median (lowest to highest)`. */
export function spread(values, digits = 2) {
  const show = (value) => value.toFixed(digits);
  return `${show(median(values))} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;
}

/** Of each round the value of one divided by that of the other. */
export function ratios(rounds, pick, over) {
  return rounds.map((round) => pick(round) / over(round));
}

/** A row of goals: what, goal, measured, whether it holds. */
export function goal(what, limit, values, { least = false, digits = 2 } = {}) {
  const value = median(values);
  const holds = least ? value >= limit : value <= limit;
  return [
    what,
    `${least ? 'at least' : 'at most'} ${limit}`,
    spread(values, digits),
    holds ? 'yes' : 'NO',
  ];
}

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

export const goalHead = ['what', 'goal', 'measured: median (lowest to highest)', 'holds'];

/** Where this ran. */
export function machine() {
  const [{ model }] = cpus();
  const load = loadavg()[0].toFixed(1);
  return `${cpus().length} × ${model.trim()}, Node ${process.versions.node}, load average ${load}`;
}

/** Starts each round with another client, so that none is always first. */
export function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
