import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Machine, Machines } from '../support/machines.js';

let machines: Machines;
let garage: Machine;
let host: Machine;

beforeEach(async () => {
  machines = new Machines();
  garage = await machines.node();
  host = await machines.host();
  await machines.pass(600);
});

afterEach(() => machines.end());

describe('what a host has wished', () => {
  it('is on while the host renews it, with one message for the node', async () => {
    await host.bot.hear('!lamp on');
    expect(host.bot.replies).toEqual(['lamp is on']);
    const before = machines.broker.of('lease').length;
    await machines.pass(10_000);
    expect(garage.level(17)).toBe(1);
    const leases = machines.broker.of('lease').slice(before);
    expect(leases.length).toBeGreaterThanOrEqual(18);
    expect(leases.length).toBeLessThanOrEqual(22);
    expect(leases.every(({ qos, retain }) => qos === 0 && !retain)).toBe(true);
  });

  it('is made safe two seconds after the last word of a host that died', async () => {
    await host.bot.hear('!lamp on');
    await machines.pass(3_000);
    machines.kill(host);
    await machines.pass(1_400);
    expect(garage.level(17)).toBe(1);
    await machines.pass(700);
    expect(garage.level(17)).toBe(0);
  });

  it('is made safe when the broker dies', async () => {
    await host.bot.hear('!lamp on');
    await machines.pass(1_000);
    machines.broker.kill();
    await machines.pass(2_100);
    expect(garage.level(17)).toBe(0);
  });

  it('is made safe at once when the host stops in order', async () => {
    await host.bot.hear('!lamp on');
    await machines.stop(host);
    await machines.pass(100);
    expect(garage.level(17)).toBe(0);
  });

  it('is made safe when another life of the host speaks, which knows nothing of it', async () => {
    await host.bot.hear('!lamp on');
    machines.kill(host);
    await machines.start({ mqtt: { nodes: { garage: {} } }, state: host.state });
    await machines.pass(1_200);
    expect(garage.level(17)).toBe(0);
  });

  it('is renewed no more when it has gone off', async () => {
    await host.bot.hear('!lamp on');
    await host.bot.hear('!lamp off');
    await machines.pass(2_000);
    const before = machines.broker.of('lease').length;
    await machines.pass(8_000);
    expect(machines.broker.of('lease').length - before).toBeLessThanOrEqual(5);
  });

  it('is held by the clock of the node, whatever time of day it is', async () => {
    await host.bot.hear('!lamp on');
    // A clock that is set jumps for date(), never for now().
    Object.defineProperty(garage.bot.clock, 'date', { value: () => new Date(0) });
    await machines.pass(3_000);
    expect(garage.level(17)).toBe(1);
    machines.kill(host);
    await machines.pass(2_100);
    expect(garage.level(17)).toBe(0);
  });

  it('is off after the longest time that the host itself allows', async () => {
    await machines.stop(host);
    host = await machines.host({ garage: { gadgets: { lamp: { maxOn: '5s' } } } });
    await machines.pass(600);
    await host.bot.hear('!lamp on');
    await machines.pass(4_000);
    await host.bot.hear('!lamp on');
    expect(garage.level(17)).toBe(1);
    await machines.pass(1_200);
    expect(garage.level(17)).toBe(0);
  });
});

describe('two hosts', () => {
  it('share no node: the first holds it, the second is told who does', async () => {
    await machines.stop(host);
    host = await machines.host({ garage: {} }, { mqtt: { name: 'first-bot' } });
    await machines.pass(600);
    const second = await machines.host({ garage: {} }, { mqtt: { name: 'second-bot' } });
    await machines.pass(600);
    await second.bot.hear('!lamp on');
    expect(second.bot.replies).toEqual(['garage is held by first-bot.']);
    expect(garage.level(17)).toBe(0);
    await host.bot.hear('!lamp on');
    expect(garage.level(17)).toBe(1);
  });

  it('follow each other when the first has died', async () => {
    const second = await machines.host();
    await machines.pass(600);
    machines.kill(host);
    await machines.pass(7_000);
    await second.bot.hear('!lamp on');
    expect(second.bot.replies).toEqual(['lamp is on']);
  });
});
