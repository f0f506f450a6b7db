import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { levelAt } from './header-bench.js';
import { kernelTime } from './kernel-log.js';
import { Machines } from './machines.js';
import { timesOf, untilLevel } from './watch-pin.js';

const lamp = 17;
const leaseBound = 2_000 + 500;
const here = '10.9.0.1';
const there = '10.9.0.2';

const run = (line: string) => {
  const [command = '', ...words] = line.split(' ');
  execFileSync(command, words, { stdio: 'inherit' });
};

let machines: Machines;
beforeEach(async () => {
  run('ip netns add garage');
  run('ip link add here type veth peer name there netns garage');
  run(`ip addr add ${here}/24 dev here`);
  run('ip link set here up');
  run(`ip -n garage addr add ${there}/24 dev there`);
  run('ip -n garage link set there up');
  run('ip -n garage link set lo up');
  machines = new Machines(here, 'garage');
  await machines.start();
});

afterEach(async () => {
  await machines.remove();
  run('ip link del here');
  run('ip netns del garage');
});

async function lampOn(): Promise<void> {
  await machines.lampOn();
  await untilLevel(lamp, 1);
}

describe('a lamp at a node in a network of its own, read at the header of its kernel', () => {
  it('is off within its lease when the network is cut, and nothing late switches it on', async () => {
    await lampOn();
    await sleep(2_600);
    expect(levelAt(lamp)).toBe(1);
    const since = kernelTime();
    run('ip link set here down');
    const time = await untilLevel(lamp, 0, { since, within: 6_000 });
    console.error(`off ${time.toFixed(0)} ms after the network was cut`);
    expect(time).toBeLessThan(leaseBound);
    const cut = kernelTime();
    expect(await machines.host.perform('lamp', 'on')).not.toContain('is on');
    await sleep(3_000);
    run('ip link set here up');
    await machines.untilThere();
    await sleep(1_000);
    expect(timesOf(lamp, 1, cut)).toEqual([]);
    await lampOn();
  });

  it('is held on over a slow network that loses, doubles and turns around, and off within its lease', async () => {
    run('tc qdisc add dev here root netem delay 120ms 60ms loss 3% duplicate 20% reorder 20% 50%');
    await sleep(1_000);
    await machines.untilThere();
    const since = kernelTime();
    await lampOn();
    await sleep(5_000);
    expect(levelAt(lamp)).toBe(1);
    expect(timesOf(lamp, 1, since)).toHaveLength(1);
    const killed = kernelTime();
    machines.host.signal('SIGKILL');
    const time = await untilLevel(lamp, 0, { since: killed, within: 8_000 });
    console.error(`off ${time.toFixed(0)} ms after kill -9 of the host, on a slow network`);
    // What it had said last was still on its way.
    expect(time).toBeLessThan(leaseBound + 1_000);
  });

  it('switches nothing on that was on its way for too long', async () => {
    await machines.untilThere();
    run('tc qdisc add dev here root netem delay 4000ms');
    const since = kernelTime();
    expect(await machines.host.perform('lamp', 'on')).not.toContain('is on');
    await sleep(9_000);
    expect(timesOf(lamp, 1, since)).toEqual([]);
  });
});
