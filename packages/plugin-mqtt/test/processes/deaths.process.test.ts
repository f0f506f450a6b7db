import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, jest } from '@jest/globals';
import { until } from '../support/bot-process.js';
import { bound, LampAfar, room } from '../support/lamp-afar.js';
import { itNeedsMosquitto } from '../support/real-mosquitto.js';

// Processes that start, stall and die.
jest.setTimeout(90_000);

const lampAfar = LampAfar.forAll();

describe('a lamp of another machine', () => {
  itNeedsMosquitto('is off within its bound after its host was killed', async () => {
    const lamp = lampAfar();
    const { host } = lamp;
    await lamp.on();
    const since = Date.now();
    await host.kill('SIGKILL');
    expect(await lamp.offAfter(since)).toBeLessThan(bound + room);
    await host.start();
  });

  itNeedsMosquitto('is off within its bound after the broker was killed', async () => {
    const lamp = lampAfar();
    const { broker, garage, host } = lamp;
    await lamp.on();
    const since = Date.now();
    await broker.signal('SIGKILL');
    expect(await lamp.offAfter(since)).toBeLessThan(bound + room);
    await broker.run();
    await lamp.on();
    host.hear('!lamp off');
    await until(() => !garage.isOn);
  });

  itNeedsMosquitto('comes back with its machine after that was killed', async () => {
    const lamp = lampAfar();
    const { garage, host } = lamp;
    await lamp.on();
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
