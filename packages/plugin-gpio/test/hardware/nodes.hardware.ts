import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Eavesdropper } from '../../../plugin-mqtt/test/support/eavesdropper.js';
import { levelAt } from './header-bench.js';
import { kernelTime, pinEvents } from './kernel-log.js';
import { Machines } from './machines.js';
import { timesOf, until, untilLevel } from './watch-pin.js';

const lamp = 17;
const horn = 27;

/** The lease, and what this kernel, which is slow, may take beside it, milliseconds. */
const leaseBound = 2_000 + 500;
const deathBound = 500;
const silenceBound = 2_500;

let machines: Machines;
beforeEach(async () => {
  machines = new Machines();
  await machines.start();
});
afterEach(() => machines.remove());

/** Has the host switch the lamp on, which renews that for longer than a lease. */
async function lampOn(): Promise<void> {
  await machines.lampOn();
  await untilLevel(lamp, 1);
  await sleep(2_600);
  expect(levelAt(lamp)).toBe(1);
}

/** Milliseconds until the lamp is off after `happens`; and it stays so. */
async function timeUntilOff(what: string, happens: () => unknown): Promise<number> {
  const since = kernelTime();
  await happens();
  const time = await untilLevel(lamp, 0, { since, within: 6_000 });
  console.error(`off ${time.toFixed(0)} ms after ${what}`);
  return time;
}

/** Levels that the lamp had since then. */
const litSince = (since: number) => timesOf(lamp, 1, since).length;

describe('a lamp at a node, read at the header of its kernel', () => {
  it('is off within its lease when the host is killed', async () => {
    await lampOn();
    const time = await timeUntilOff('kill -9 of the host', () => machines.host.signal('SIGKILL'));
    expect(time).toBeLessThan(leaseBound);
  });

  it('is off within its lease when the host stands still, and stays off when that goes on', async () => {
    await lampOn();
    const time = await timeUntilOff('SIGSTOP of the host', () => machines.host.signal('SIGSTOP'));
    expect(time).toBeLessThan(leaseBound);
    const since = kernelTime();
    await sleep(2_000);
    machines.host.signal('SIGCONT');
    await sleep(3_000);
    expect(litSince(since)).toBe(0);
    await machines.lampOn();
    await untilLevel(lamp, 1);
  });

  it('is off within its lease when the broker is killed, and can be had when that is back', async () => {
    await lampOn();
    const time = await timeUntilOff('kill -9 of the broker', () => machines.killBroker());
    expect(time).toBeLessThan(leaseBound);
    expect(await machines.host.perform('lamp', 'on')).toContain('not there');
    const since = kernelTime();
    await machines.startBroker();
    await machines.untilThere();
    await sleep(1_000);
    expect(litSince(since)).toBe(0);
    await lampOn();
  });

  it('is off within its lease when the broker stands still, and what that delivers late does nothing', async () => {
    await lampOn();
    const time = await timeUntilOff('SIGSTOP of the broker', () =>
      machines.signalBroker('SIGSTOP'),
    );
    expect(time).toBeLessThan(leaseBound);
    machines.signalBroker('SIGCONT');
    await sleep(1_500);
    await machines.untilThere();
    const since = kernelTime();
    machines.signalBroker('SIGSTOP');
    // It goes into the broker, which does not look, before the host misses the node.
    const said = machines.host.perform('lamp', 'on');
    expect(await said).not.toContain('is on');
    await sleep(4_000);
    machines.signalBroker('SIGCONT');
    await sleep(3_000);
    expect(litSince(since)).toBe(0);
  });

  it("is off by its guardian when the node's bot is killed", async () => {
    await lampOn();
    const time = await timeUntilOff('kill -9 of the node', () => machines.node.signal('SIGKILL'));
    expect(time).toBeLessThan(deathBound);
    await until(() => machines.host.there.length === 0, 'the node is missed', 8_000);
    expect(await machines.host.perform('lamp', 'on')).toBe('garage is not there.');
    const since = kernelTime();
    await machines.node.start();
    await machines.untilThere();
    expect(litSince(since)).toBe(0);
  });

  it("is off by its guardian when the node's bot stands still, and stays off when that goes on", async () => {
    await lampOn();
    const time = await timeUntilOff('SIGSTOP of the node', () => machines.node.signal('SIGSTOP'));
    expect(time).toBeLessThan(silenceBound + 500);
    const since = kernelTime();
    expect(await machines.host.perform('lamp', 'on')).not.toContain('is on');
    await sleep(3_000);
    machines.node.signal('SIGCONT');
    await sleep(3_000);
    expect(litSince(since)).toBe(0);
  });

  it('does not care what time it is', async () => {
    await lampOn();
    const before = Math.floor(Date.now() / 1_000);
    for (const seconds of [3_600, -86_400]) {
      execFileSync('date', ['-s', `@${before + seconds}`], { stdio: 'ignore' });
      await sleep(2_600);
      expect(levelAt(lamp)).toBe(1);
    }
    const time = await timeUntilOff('kill -9 of the host', () => machines.host.signal('SIGKILL'));
    expect(time).toBeLessThan(leaseBound);
  });
});

describe('what comes again, late or out of order', () => {
  let ear: Eavesdropper;
  beforeEach(async () => {
    ear = await Eavesdropper.listen(machines.url);
  });
  afterEach(() => ear.end());

  /** How often the horn has sounded. */
  const beeps = () => pinEvents([horn]).filter(({ level }) => level === 1).length;

  async function lastOf(leaf: string) {
    await until(() => ear.on(`/${leaf}`).length > 0, `a ${leaf} is heard`);
    const last = ear.on(`/${leaf}`).at(-1);
    if (!last) throw new Error(`No ${leaf} was heard.`);
    return last;
  }

  it('is not done twice', async () => {
    await machines.host.perform('horn', 'beep 1');
    const wish = await lastOf('wish');
    for (let times = 0; times < 5; times++) await ear.repeat(wish);
    await sleep(1_500);
    expect(beeps()).toBe(1);
    await sleep(2_000);
    await ear.repeat(wish);
    await sleep(1_000);
    expect(beeps()).toBe(1);
  });

  it('does not switch on again what has been switched off since', async () => {
    await machines.lampOn();
    await untilLevel(lamp, 1);
    const on = await lastOf('wish');
    const lease = await lastOf('lease');
    await machines.host.perform('lamp', 'off');
    await untilLevel(lamp, 0);
    const since = kernelTime();
    for (const each of [on, lease, on]) await ear.repeat(each);
    await sleep(1_000);
    expect(litSince(since)).toBe(0);
  });

  it('holds nothing on when the host that said it is dead', async () => {
    await machines.lampOn();
    await untilLevel(lamp, 1);
    const lease = await lastOf('lease');
    const since = kernelTime();
    machines.host.signal('SIGKILL');
    const end = since + 5_000;
    while (kernelTime() < end) {
      await ear.repeat(lease);
      await sleep(200);
    }
    const [off = Number.POSITIVE_INFINITY] = timesOf(lamp, 0, since);
    // Its beat may be as old as a lease when it is quoted last, and the lease counts from then.
    expect(off - since).toBeLessThan(2 * leaseBound);
    expect(levelAt(lamp)).toBe(0);
  });

  it('does nothing when a broker comes back with what it had kept', async () => {
    await machines.lampOn();
    await untilLevel(lamp, 1);
    const [wish, lease] = [await lastOf('wish'), await lastOf('lease')];
    await machines.host.perform('lamp', 'off');
    await untilLevel(lamp, 0);
    for (const each of [wish, lease]) await ear.repeat(each, true);
    await sleep(1_500);
    const since = kernelTime();
    await machines.killBroker('SIGTERM');
    await sleep(3_000);
    await machines.startBroker();
    await machines.untilThere();
    await sleep(2_000);
    expect(litSince(since)).toBe(0);
  });
});
