import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { BotProcess, until } from './bot-process.js';
import { RealMosquitto } from './real-mosquitto.js';

/** Seconds after which what nobody renews is off, with room for machines that stall. */
export const bound = 2_000;
export const room = 2_500;

/** A node with a lamp, a host whose chat switches it, and the broker between them: processes all. */
export class LampAfar {
  private constructor(
    readonly broker: RealMosquitto,
    readonly garage: BotProcess,
    readonly host: BotProcess,
  ) {}

  /** One for all tests of a suite, which ends with it. @returns what has it once the tests run */
  static forAll(): () => LampAfar {
    let lamp: LampAfar | undefined;
    beforeAll(async () => {
      lamp = await LampAfar.start();
    }, 60_000);
    afterAll(() => lamp?.end(), 60_000);
    return () => {
      if (!lamp) throw new Error('The lamp did not start.');
      return lamp;
    };
  }

  private static async start(): Promise<LampAfar> {
    const broker = await RealMosquitto.start();
    const gadgets = { lamp: { type: 'light', pin: 'GPIO17', maxOn: '10m' } };
    const pins = { use: 'gpio', config: { driver: 'simulated', gadgets } };
    const { url } = broker;
    const garage = BotProcess.make([
      pins,
      { use: 'mqtt', config: { broker: url, node: 'garage' } },
    ]);
    const host = BotProcess.make([{ use: 'mqtt', config: { broker: url, nodes: { garage: {} } } }]);
    const lamp = new LampAfar(broker, garage, host);
    try {
      await Promise.all([garage.start(), host.start()]);
      return lamp;
    } catch (error) {
      await lamp.end();
      throw error;
    }
  }

  /** Has chat switch it on, as soon as the node takes wishes. */
  async on(): Promise<void> {
    const { garage, host } = this;
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

  /** How long it was on after `since`, milliseconds. */
  async offAfter(since: number): Promise<number> {
    const { garage } = this;
    await until(
      () => !garage.isOn,
      10_000,
      () => 'the lamp going off',
    );
    return (garage.changes.at(-1)?.at ?? Number.NaN) - since;
  }

  private async end(): Promise<void> {
    await Promise.all([this.garage.end(), this.host.end()]);
    await this.broker.end();
  }
}
