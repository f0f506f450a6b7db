import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { catchProcessFaults } from '../../src/bot/process-faults.js';
import { silentLogger } from '../../src/contracts/logger.js';
import { BotFolder } from '../bot-folder.js';

const script = fileURLToPath(new URL('../fixtures/faulty-bot.mjs', import.meta.url));

let folder: BotFolder | undefined;

afterEach(() => folder?.remove());

/** A plugin whose start does what `body` says. */
const plugin = (name: string, body: string) => `import { definePlugin } from '@pertybot/core';
const fail = (what: string): never => { throw new Error(what); };
export default definePlugin({
  name: '${name}',
  start({ on, after, onStop, store, clock }) {
    ${body}
  },
});
`;

interface Run {
  readonly code: unknown;
  readonly lines: readonly unknown[];
}

/** Runs a bot of plugins of these names and bodies. */
async function run(bodies: Readonly<Record<string, string>>, ...nobody: string[]): Promise<Run> {
  const names = Object.keys(bodies);
  folder = await BotFolder.make({
    'plugins.yaml': `plugins:\n${names.map((name) => `  - use: ./${name}.ts\n`).join('')}`,
    ...Object.fromEntries(names.map((name) => [`${name}.ts`, plugin(name, bodies[name] ?? '')])),
  });
  const child = spawn(process.execPath, [script, folder.folder, ...nobody], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  const lines = output
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  return { code, lines };
}

/** What a plugin leaves behind, and where it is said to have failed. */
const leftovers: Readonly<Record<string, readonly [body: string, where: string]>> = {
  promise: ["void Promise.reject(new Error('oops'));", 'start'],
  async: ["void (async () => fail('oops'))();", 'start'],
  timer: ["setTimeout(() => fail('oops'), 5);", 'start'],
  'promise-in-timer': ["setTimeout(() => void Promise.reject(new Error('oops')), 5);", 'start'],
  microtask: ["queueMicrotask(() => fail('oops'));", 'start'],
  tick: ["process.nextTick(() => fail('oops'));", 'start'],
  immediate: ["setImmediate(() => fail('oops'));", 'start'],
  after: ["after(5, () => void (async () => { await null; fail('oops'); })());", 'timer'],
  listener: [
    "on('plugin', ({ state }) => { if (state.name === 'running') queueMicrotask(() => fail('oops')); });",
    'listener plugin',
  ],
  clock: ["clock.after(5, () => fail('oops'));", 'start'],
  store: ["void store.update('a', () => fail('oops'));", 'start'],
  stop: ["onStop(() => void Promise.reject(new Error('oops')));", 'stop'],
};

const has = (text: string) => (line: unknown) => JSON.stringify(line).includes(text);

describe('catchProcessFaults', () => {
  it('gives what a plugin leaves behind to it, and the bot runs on', async () => {
    const bodies = Object.entries(leftovers).map(([name, [body]]) => [name, body] as const);
    const { code, lines } = await run(Object.fromEntries(bodies));
    const faults = lines.filter(has('"where"')).map((line) => JSON.stringify(line));
    expect([...new Set(faults)].sort()).toEqual(
      Object.entries(leftovers)
        .map(([name, [, where]]) => JSON.stringify({ plugin: name, where, error: 'oops' }))
        .sort(),
    );
    expect(code).toBe(0);
  });

  it('names the plugin that ends the process', async () => {
    const { code, lines } = await run({ bad: 'after(5, () => process.exit(3));' });
    expect(code).toBe(3);
    expect(lines.map((line) => JSON.stringify(line)).join()).toContain(
      'The plugin \\"bad\\" ended the bot in timer: it called process.exit(3).',
    );
  });

  it('ends with 1 where a plugin ends the process as if all were well', async () => {
    const { code } = await run({ bad: 'after(5, () => process.exit(0));' });
    expect(code).toBe(1);
  });

  it('stops and restarts a plugin whose timers keep throwing', async () => {
    const { code, lines } = await run({
      bad: "const timer = setInterval(() => fail('oops'), 5); onStop(() => clearInterval(timer));",
    });
    expect(lines.filter(has('"where"'))).toHaveLength(10);
    expect(lines).toContainEqual({ restarting: 'bad' });
    expect(code).toBe(0);
  });

  it.each(['rejection', 'exception', 'twice'])(
    'stops every plugin and ends with 1 for a %s of nobody',
    async (kind) => {
      const slow = 'onStop(async () => { await new Promise((done) => setTimeout(done, 50)); });';
      const { code, lines } = await run({ first: slow, second: '' }, kind);
      expect(code).toBe(1);
      expect(lines).toContainEqual({ log: 'PertyBot itself failed and stops: nobody' });
      expect(lines.filter(has('stopped'))).toEqual([{ stopped: 'second' }, { stopped: 'first' }]);
    },
  );
});

describe('a fault of nobody', () => {
  it('ends the bot, also where each word of it is one more', () => {
    let told = 0;
    let stops = 0;
    const fail = () => process.emit('uncaughtException', new Error('write EIO'));
    const undo = catchProcessFaults({
      bot: {
        fault: () => {},
        stop: () => {
          stops += 1;
          return new Promise(() => {});
        },
      },
      logger: {
        ...silentLogger,
        error: () => {
          told += 1;
          fail();
        },
      },
      exit: () => {},
    });
    try {
      for (let index = 0; index < 3; index += 1) fail();
    } finally {
      undo();
    }
    expect({ told, stops }).toEqual({ told: 10, stops: 1 });
  });
});
