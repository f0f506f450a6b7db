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

const topic = 'pertybot/garage/estop';

describe('the emergency stop', () => {
  it('reaches the node at once, and is kept by the broker for whoever comes', async () => {
    await host.bot.hear('!lamp on');
    host.bot.emergencyStop.engage('@mod in chat');
    await machines.pass(100);
    expect(garage.level(17)).toBe(0);
    expect(garage.bot.emergencyStop.engaged?.by).toBe('@mod in chat');
    expect(machines.broker.kept.get(topic)).toContain('@mod in chat');
    await machines.pass(5_000);
    // It has answered: nobody says it again.
    expect(machines.broker.of('estop')).toHaveLength(1);
  });

  it('is repeated to a node until it answers', async () => {
    machines.broker.cut('pertybot-garage');
    host.bot.emergencyStop.engage('@mod in chat');
    machines.broker.kill();
    await machines.pass(100);
    machines.broker.comeBack();
    await machines.pass(1_200);
    expect(garage.bot.emergencyStop.engaged?.by).toBe('@mod in chat');
  });

  it('reaches a node that comes later though the broker has lost it', async () => {
    await machines.stop(garage);
    host.bot.emergencyStop.engage('@mod in chat');
    machines.broker.kill();
    machines.broker.comeBack();
    garage = await machines.node();
    await machines.pass(1_200);
    expect(garage.bot.emergencyStop.engaged?.by).toBe('@mod in chat');
  });

  it('holds a node that starts anew without a broker', async () => {
    host.bot.emergencyStop.engage('@mod in chat');
    await machines.pass(100);
    await machines.stop(garage);
    machines.broker.kill();
    garage = await machines.node('garage', {}, garage.state);
    expect(garage.bot.emergencyStop.engaged?.by).toBe('@mod in chat');
    await garage.bot.hear('!lamp on');
    expect(garage.level(17)).toBe(0);
  });

  it('is not released by the owner of the node', async () => {
    host.bot.emergencyStop.engage('@mod in chat');
    await machines.pass(100);
    expect(() => garage.bot.emergencyStop.release()).toThrow('@mod in chat');
    await machines.pass(100);
    expect(garage.bot.emergencyStop.engaged?.by).toBe('@mod in chat');
    await garage.bot.hear('!lamp on');
    expect(garage.level(17)).toBe(0);
  });

  it('ends when the host releases it, and the lamp stays off until it is asked', async () => {
    await host.bot.hear('!lamp on');
    host.bot.emergencyStop.engage('@mod in chat');
    await machines.pass(600);
    host.bot.emergencyStop.release();
    await machines.pass(600);
    expect(garage.bot.emergencyStop.engaged).toBeUndefined();
    expect(machines.broker.kept.get(topic)).toBeUndefined();
    expect(garage.level(17)).toBe(0);
    await host.bot.hear('!lamp on');
    expect(garage.level(17)).toBe(1);
  });

  it('is released at a node that was away meanwhile, by a host that was started anew', async () => {
    host.bot.emergencyStop.engage('@mod in chat');
    await machines.pass(600);
    machines.broker.kill();
    machines.kill(garage);
    host.bot.emergencyStop.release();
    const { state } = host;
    await machines.stop(host);
    garage = await machines.node('garage', {}, garage.state);
    expect(garage.bot.emergencyStop.engaged?.by).toBe('@mod in chat');
    host = await machines.host({ garage: {} }, { state });
    await machines.pass(1_200);
    expect(garage.bot.emergencyStop.engaged).toBeUndefined();
  });

  it('does not come back with a broker that remembers what is over', async () => {
    host.bot.emergencyStop.engage('@mod in chat');
    await machines.pass(600);
    const old = new Map(machines.broker.kept);
    host.bot.emergencyStop.release();
    await machines.pass(600);
    machines.broker.kill(old);
    machines.broker.comeBack();
    await machines.pass(1_200);
    expect(garage.bot.emergencyStop.engaged).toBeUndefined();
    expect(machines.broker.kept.get(topic)).toBeUndefined();
  });

  it('is ended by nothing that names another stop, or comes from somebody else', async () => {
    host.bot.emergencyStop.engage('@mod in chat');
    await machines.pass(600);
    const { stop, host: id } = JSON.parse(machines.broker.kept.get(topic) ?? '{}');
    const releases = [
      { stop: 'a'.repeat(16), host: id },
      { stop, host: 'b'.repeat(16) },
      { stop },
      {},
    ];
    for (const release of releases) {
      machines.broker.say('pertybot/garage/release', JSON.stringify(release));
    }
    machines.broker.say(topic, '');
    await machines.pass(600);
    expect(garage.bot.emergencyStop.engaged?.by).toBe('@mod in chat');
  });

  it('leaves what somebody at the node has stopped', async () => {
    garage.bot.emergencyStop.engage('a button');
    host.bot.emergencyStop.engage('@mod in chat');
    await machines.pass(600);
    host.bot.emergencyStop.release();
    await machines.pass(600);
    expect(garage.bot.emergencyStop.engaged?.by).toBe('a button');
    garage.bot.emergencyStop.release();
    expect(garage.bot.emergencyStop.engaged).toBeUndefined();
  });

  it('holds the host, too, over its restart', async () => {
    host.bot.emergencyStop.engage('@mod in chat');
    const { state } = host;
    await machines.stop(host);
    host = await machines.host({ garage: {} }, { state });
    expect(host.bot.emergencyStop.engaged?.by).toBe('@mod in chat');
  });
});
