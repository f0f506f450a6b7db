import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from '@pertybot/core';
import type { OwnerControl } from '@pertybot/core/host';
import { startTestBot, type TestBot, type TestEntry } from '@pertybot/core/testing';
import gpio, { SimulatedBoard } from '@pertybot/plugin-gpio';
import { Broker } from '../../src/client/broker.js';
import mqtt from '../../src/index.js';
import { FakeBroker } from './fake-broker.js';

/** A bot with its folder, which outlives it. */
export interface Machine {
  readonly bot: TestBot;
  readonly state: string;
  /** Level of a pin. */
  level(pin: number): number;
}

/** What one machine is started with. */
interface MachineOptions {
  readonly gpio?: Record<string, unknown> | undefined;
  readonly mqtt: Record<string, unknown>;
  /** What plugins.yaml says of the rewards of the mqtt entry. */
  readonly rewards?: TestEntry['rewards'];
  /** State of an earlier life. */
  readonly state?: string;
}

/** Machines at one broker in memory, each on a clock of its own, which the test moves together. */
export class Machines {
  readonly broker = new FakeBroker();
  private readonly all = new Set<Machine>();
  private readonly folders: string[] = [];

  async start({ gpio: pins, mqtt: config, rewards = {}, state }: MachineOptions): Promise<Machine> {
    const folder = state ?? mkdtempSync(join(tmpdir(), 'mqtt-machine-'));
    if (state === undefined) this.folders.push(folder);
    const own: TestEntry = {
      plugin: this.plugin(),
      config: { broker: 'mqtt://127.0.0.1', ...config },
      rewards,
    };
    const entries = pins
      ? [{ plugin: gpio, config: { driver: 'simulated', ...pins } }, own]
      : [own];
    let made: TestBot | undefined;
    // A release is all that is asked of it.
    const control = {
      release: async () => {
        made?.emergencyStop.release();
        return { done: true, text: '' };
      },
    } as unknown as OwnerControl;
    const bot = await startTestBot(entries, { folders: { bot: folder, state: folder }, control });
    made = bot;
    const level = (pin: number) => bot.find(SimulatedBoard)?.level(pin) ?? Number.NaN;
    const machine: Machine = { bot, state: folder, level };
    this.all.add(machine);
    return machine;
  }

  /** A node with a lamp at GPIO17, and whatever else. */
  node(node = 'garage', gadgets: Record<string, unknown> = {}, state?: string): Promise<Machine> {
    const lamp = { type: 'light', pin: 'GPIO17', maxOn: '10m' };
    const known = state === undefined ? {} : { state };
    return this.start({ gpio: { gadgets: { lamp, ...gadgets } }, mqtt: { node }, ...known });
  }

  /** A host of these nodes. */
  host(nodes: Record<string, unknown> = { garage: {} }, more: Partial<MachineOptions> = {}) {
    return this.start({
      mqtt: { nodes, ...more.mqtt },
      ...more,
      ...(more.mqtt ? { mqtt: { nodes, ...more.mqtt } } : {}),
    });
  }

  /** Lets time pass for all of them, or for these. */
  async pass(milliseconds: number, machines: Iterable<Machine> = this.all): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 100) {
      for (const { bot } of machines) await bot.clock.advance(`${Math.min(100, left)}ms`);
    }
  }

  /** Ends one as `kill -9` does: nothing of it says or does anything more. */
  kill(machine: Machine): void {
    this.all.delete(machine);
  }

  /** Ends one as its owner does. */
  async stop(machine: Machine): Promise<void> {
    this.all.delete(machine);
    await machine.bot.stop();
  }

  async end(): Promise<void> {
    for (const machine of this.all) await machine.bot.stop();
    for (const folder of this.folders) await rm(folder, { recursive: true, force: true });
  }

  private plugin(): Plugin {
    const { broker } = this;
    return {
      ...mqtt,
      register(container, config) {
        mqtt.register?.(container, config);
        container.register(Broker, { useValue: broker });
      },
    };
  }
}
