import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { levelAt } from './header-bench.js';
import { startDemoBot } from './start-demo-bot.js';

const lamp = 17;
const minute = 60_000;

// The kernel of this run skips the time in which every process sleeps.
it(
  'switches the lamp of the demo bot off after its ten minutes',
  async () => {
    const bot = await startDemoBot('chardev', mkdtempSync(join(tmpdir(), 'pertybot-')));
    bot.chat('!lamp on');
    while (levelAt(lamp) === 0) await sleep(5);
    const start = performance.now();
    while (levelAt(lamp) === 1) await sleep(1_000);
    const minutes = (performance.now() - start) / minute;
    expect(minutes).toBeGreaterThan(9.9);
    expect(minutes).toBeLessThan(10.1);
    bot.process.stdin.end();
    expect(await once(bot.process, 'exit')).toEqual([0, null]);
  },
  30 * minute,
);
