import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { definePlugin, type PluginContext } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes in use once nothing more can be freed. */
function heap(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const mega = 1_048_576;

/** A running plugin on the machine's clock, and what its start was given. */
async function open() {
  let context: PluginContext | undefined;
  const plugin = definePlugin({
    name: 'many',
    start(given) {
      context = given;
    },
  });
  const bot = await startTestBot([plugin], { realClock: true });
  if (!context) throw new Error('The plugin did not start.');
  return { bot, context };
}

/** How often a timer ran while `work` did, and what that took of the processor, in milliseconds. */
async function ticksDuring(work: () => Promise<void>) {
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 1);
  const begun = process.cpuUsage();
  await work();
  clearInterval(ticking);
  const { user, system } = process.cpuUsage(begun);
  return { ticks, took: (user + system) / 1_000 };
}

const kinds: Readonly<Record<string, (context: PluginContext, index: number) => void>> = {
  after: ({ after }) => void after('1h', () => {}),
  every: ({ every }) => void every('1h', () => {}),
  on: ({ on }) => void on('message', () => {}),
  command: ({ command }, index) => void command(`many${index} [word]`, {}, () => {}),
  onStop: ({ onStop }) => onStop(async () => {}),
};

/**
 * What a stop takes of the processor with so many of a kind, in milliseconds: others may use the machine, too.
 * @throws when the stop said an error
 */
async function stopWith(kind: string, count: number): Promise<number> {
  const { bot, context } = await open();
  for (let index = 0; index < count; index++) kinds[kind]?.(context, index);
  const { took } = await ticksDuring(() => bot.stop());
  // Under load it may take longer than a stop may: that is none of its faults here.
  const isLate = (message: string) => message.includes('did not stop within');
  const [error] = bot.log.filter(({ level, message }) => level === 'error' && !isLate(message));
  if (error) throw new Error(error.message);
  return took;
}

describe('a plugin that takes very much', () => {
  it.each(Object.keys(kinds))('gives 10,000 of "%s" back, and their memory', async (kind) => {
    await stopWith(kind, 1);
    const before = heap();
    await stopWith(kind, 10_000);
    expect(heap() - before).toBeLessThan(mega);
  });

  it.each(Object.keys(kinds))(
    'takes as long for each "%s" however many there are',
    async (kind) => {
      // Warm, and in turns.
      const few: number[] = [];
      const many: number[] = [];
      for (let round = 0; round < 3; round++) {
        few.push(await stopWith(kind, 500));
        many.push(await stopWith(kind, 10_000));
      }
      // Twenty times as many; what grows with their square takes 400 times as long.
      expect(Math.min(...many) / Math.max(1, Math.min(...few))).toBeLessThan(200);
    },
  );

  it('keeps nothing of 60,000 timers that fired', async () => {
    const { bot, context } = await open();
    const before = heap();
    let fired = 0;
    const fire = () => {
      fired += 1;
    };
    for (let index = 0; index < 60_000; index++) context.after(0, fire);
    while (fired < 60_000) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(heap() - before).toBeLessThan(mega);
    await bot.stop();
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('does not hold the event loop up while it gives 60,000 back', async () => {
    const { bot, context } = await open();
    for (let index = 0; index < 60_000; index++) context.onStop(() => {});
    const { ticks } = await ticksDuring(() => bot.stop());
    expect(ticks).toBeGreaterThan(3);
  });

  it('is left behind at its limit, although each of its undos is quick', async () => {
    const { bot, context } = await open();
    let undone = 0;
    const cell = new Int32Array(new SharedArrayBuffer(4));
    const spend = () => {
      Atomics.wait(cell, 0, 0, 0.2);
      undone += 1;
    };
    for (let index = 0; index < 12_000; index++) context.onStop(spend);
    await bot.stop();
    expect(undone).toBe(12_000);
    expect(bot.log.map(({ message }) => message)).toContain(
      'The plugin "many" did not stop within 2 s; it goes on without it.',
    );
  }, 30_000);
});
