import { setTimeout as sleep } from 'node:timers/promises';
import type { Level } from '../../src/drivers/gpio-driver.js';
import { levelAt } from './header-bench.js';
import { kernelTime, pinEvents } from './kernel-log.js';

/** How long a slow kernel may take to do what is asked at once, milliseconds. */
const patience = 3_000;

/**
 * Waits until a meter at the pin shows the level.
 * @param since a time of the kernel
 * @returns milliseconds from then until the level was there, by the kernel's log
 */
export async function untilLevel(
  offset: number,
  level: Level,
  { since = kernelTime(), within = patience } = {},
): Promise<number> {
  await until(() => levelAt(offset) === level, `GPIO${offset} = ${level}`, within);
  const events = pinEvents([offset], since);
  const last = events.findLastIndex((event) => event.level !== level);
  const reached = events[last + 1];
  return reached === undefined ? 0 : reached.time - since;
}

/** Waits until something holds. @throws Error that says what did not happen */
export async function until(
  happened: () => boolean,
  what: string,
  within = patience,
): Promise<void> {
  const deadline = kernelTime() + within;
  while (!happened()) {
    if (kernelTime() > deadline) throw new Error(`It did not come to this: ${what}.`);
    await sleep(5);
  }
}

/** Times at which a pin went to the level. */
export function timesOf(offset: number, level: Level, since: number): readonly number[] {
  const events = pinEvents([offset], since);
  const changes = events.filter((event, index) => event.level !== events[index - 1]?.level);
  return changes.filter((event) => event.level === level).map(({ time }) => time);
}
