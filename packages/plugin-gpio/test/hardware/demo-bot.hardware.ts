import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Level } from '../../src/drivers/gpio-driver.js';
import { levelAt } from './header-bench.js';
import { type DemoBot, startDemoBot } from './start-demo-bot.js';

const lamp = 17;

describe.each(['chardev', 'onoff'] as const)('the demo bot on the %s driver', (driver) => {
  let state: string;

  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'pertybot-'));
  });

  it('lights the lamp when chat says so, and leaves it off when it stops', async () => {
    const bot = await startDemoBot(driver, state);
    expect(levelAt(lamp)).toBe(0);
    for (const [text, level] of [
      ['!lamp on', 1],
      ['!lamp off', 0],
      ['!lamp on', 1],
    ] as const) {
      bot.chat(text);
      await untilLamp(level);
    }
    await stop(bot);
    expect(levelAt(lamp)).toBe(0);
    expect(existsSync(join(state, 'pins.json'))).toBe(false);
  });

  it('leaves the lamp off when it is killed, and starts again', async () => {
    const killed = await startDemoBot(driver, state);
    killed.chat('!lamp on');
    await untilLamp(1);
    killed.process.kill('SIGKILL');
    await untilLamp(0);
    const next = await startDemoBot(driver, state);
    expect(levelAt(lamp)).toBe(0);
    next.chat('!lamp on');
    await untilLamp(1);
    await stop(next);
  });
});

async function stop({ process }: DemoBot): Promise<void> {
  process.stdin.end();
  expect(await once(process, 'exit')).toEqual([0, null]);
}

/** Resolves when a meter at the lamp's pin shows the level; the test's time limit is the other end. */
async function untilLamp(level: Level): Promise<void> {
  while (levelAt(lamp) !== level) await sleep(5);
}
