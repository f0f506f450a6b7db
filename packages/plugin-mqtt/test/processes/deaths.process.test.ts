import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest } from '@jest/globals';
import { BotProcess, until } from '../support/bot-process.js';
import { itNeedsMosquitto, RealMosquitto } from '../support/real-mosquitto.js';

/** Seconds after which what nobody renews is off, with room for machines that stall. */
const bound = 2_000;
const room = 2_500;

// Processes that start, stall and die.
jest.setTimeout(90_000);

let broker: RealMosquitto;
let garage: BotProcess;
let host: BotProcess;

beforeAll(async () => {
  broker = await RealMosquitto.start();
  const gadgets = { lamp: { type: 'light', pin: 'GPIO17', maxOn: '10m' } };
  const pins = { use: 'gpio', config: { driver: 'simulated', gadgets } };
  const { url } = broker;
  garage = BotProcess.make([pins, { use: 'mqtt', config: { broker: url, node: 'garage' } }]);
  host = BotProcess.make([{ use: 'mqtt', config: { broker: url, nodes: { garage: {} } } }]);
  await Promise.all([garage.start(), host.start()]);
}, 60_000);

afterAll(async () => {
  await Promise.all([garage?.end(), host?.end()]);
  await broker?.end();
}, 60_000);

/** Has chat switch the lamp on, as soon as the node takes wishes. */
async function lampOn(): Promise<void> {
  const end = Date.now() + 20_000;
  while (!garage.isOn && Date.now() < end) {
    host.hear('!lamp on');
    await until(() => garage.isOn, 1_500).catch(() => {});
  }
  expect(garage.isOn).toBe(true);
  // Longer than a lease: it is renewed.
  await sleep(2_500);
  expect(garage.isOn).toBe(true);
}

/** How long the lamp was on after `since`, milliseconds. */
async function offAfter(since: number): Promise<number> {
  await until(
    () => !garage.isOn,
    10_000,
    () => 'the lamp going off',
  );
  return (garage.changes.at(-1)?.at ?? Number.NaN) - since;
}

describe('a lamp of another machine', () => {
  itNeedsMosquitto('is off within its bound after its host was killed', async () => {
    await lampOn();
    const since = Date.now();
    await host.kill('SIGKILL');
    expect(await offAfter(since)).toBeLessThan(bound + room);
    await host.start();
  });

  itNeedsMosquitto('is off within its bound while its host stands still', async () => {
    await lampOn();
    const since = Date.now();
    host.signal('SIGSTOP');
    expect(await offAfter(since)).toBeLessThan(bound + room);
    const count = garage.changes.length;
    host.signal('SIGCONT');
    await sleep(1_500);
    expect(garage.changes).toHaveLength(count);
  });

  itNeedsMosquitto('is off within its bound after the broker was killed', async () => {
    await lampOn();
    const since = Date.now();
    await broker.signal('SIGKILL');
    expect(await offAfter(since)).toBeLessThan(bound + room);
    await broker.run();
    await lampOn();
    host.hear('!lamp off');
    await until(() => !garage.isOn);
  });

  itNeedsMosquitto('does nothing late that a broker held back for six seconds', async () => {
    await lampOn();
    const since = Date.now();
    await broker.signal('SIGSTOP');
    await sleep(300);
    // The node was heard just now: these go out, and their expiry does not help.
    host.hear('!lamp off');
    host.hear('!lamp on');
    expect(await offAfter(since)).toBeLessThan(bound + room);
    const count = garage.changes.length;
    await sleep(Math.max(0, 6_000 - (Date.now() - since)));
    await broker.signal('SIGCONT');
    await sleep(2_000);
    expect(garage.changes).toHaveLength(count);
    expect(host.replies.at(-1)).toBe('garage is not there.');
  });

  itNeedsMosquitto('is off when its own machine goes on after it stood still', async () => {
    await lampOn();
    garage.signal('SIGSTOP');
    await sleep(4_000);
    const since = Date.now();
    garage.signal('SIGCONT');
    expect(await offAfter(since)).toBeLessThan(bound);
    const count = garage.changes.length;
    await sleep(1_000);
    expect(garage.changes).toHaveLength(count);
  });

  itNeedsMosquitto('comes back with its machine after that was killed', async () => {
    await lampOn();
    await garage.kill('SIGKILL');
    host.hear('!lamp on');
    await until(() => host.replies.at(-1) === 'garage is not there.');
    const count = garage.changes.length;
    await garage.start();
    await sleep(1_500);
    expect(garage.changes).toHaveLength(count);
    host.hear('!lamp blink 1');
    await until(() => garage.changes.length > count);
  });
});
