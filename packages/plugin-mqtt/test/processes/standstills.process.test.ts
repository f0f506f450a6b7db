import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, jest } from '@jest/globals';
import { bound, LampAfar, room } from '../support/lamp-afar.js';
import { itNeedsMosquitto } from '../support/real-mosquitto.js';

// Processes that start, stall and die.
jest.setTimeout(90_000);

const lampAfar = LampAfar.forAll();

describe('a lamp of another machine', () => {
  itNeedsMosquitto('is off within its bound while its host stands still', async () => {
    const lamp = lampAfar();
    const { garage, host } = lamp;
    await lamp.on();
    const since = Date.now();
    host.signal('SIGSTOP');
    expect(await lamp.offAfter(since)).toBeLessThan(bound + room);
    const count = garage.changes.length;
    host.signal('SIGCONT');
    await sleep(1_500);
    expect(garage.changes).toHaveLength(count);
  });

  itNeedsMosquitto('does nothing late that a broker held back for six seconds', async () => {
    const lamp = lampAfar();
    const { broker, garage, host } = lamp;
    await lamp.on();
    const since = Date.now();
    await broker.signal('SIGSTOP');
    await sleep(300);
    // The node was heard just now: these go out, and their expiry does not help.
    host.hear('!lamp off');
    host.hear('!lamp on');
    expect(await lamp.offAfter(since)).toBeLessThan(bound + room);
    const count = garage.changes.length;
    await sleep(Math.max(0, 6_000 - (Date.now() - since)));
    await broker.signal('SIGCONT');
    await sleep(2_000);
    expect(garage.changes).toHaveLength(count);
    expect(host.replies.at(-1)).toBe('garage is not there.');
  });

  itNeedsMosquitto('is off when its own machine goes on after it stood still', async () => {
    const lamp = lampAfar();
    const { garage } = lamp;
    await lamp.on();
    garage.signal('SIGSTOP');
    await sleep(4_000);
    const since = Date.now();
    garage.signal('SIGCONT');
    expect(await lamp.offAfter(since)).toBeLessThan(bound);
    const count = garage.changes.length;
    await sleep(1_000);
    expect(garage.changes).toHaveLength(count);
  });
});
