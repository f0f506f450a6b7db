import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LogLine, ManualClock, MemoryLogger } from '@pertybot/core/testing';
import type { BootClock } from '../../../src/boot-clock.js';
import { keepHistories } from '../../../src/guard/history/keep-histories.js';
import { toLimits } from '../../../src/guard/limits/limits.js';

import { startGpioBot } from '../../start-gpio-bot.js';

const limits = toLimits({
  maxTogglesPerSecond: 2,
  minOff: '1m',
  perRun: 3,
  dutyCycle: { on: '10s', in: '10m' },
});

/** A machine whose bots come and go. */
class Machine {
  boot = 'first';
  uptime = 1_000_000;
  wall = new Date('2026-01-01T12:00:00Z');
  synchronised = true;
  readonly lines: LogLine[] = [];

  constructor(readonly stateFolder: string) {}

  /** A bot that sees it as it is now. */
  async start() {
    const clock = new ManualClock(this.wall);
    const { boot, uptime, synchronised, stateFolder } = this;
    const bootClock: BootClock = { boot, now: () => uptime + clock.now() };
    const probe = { isSynchronised: async () => synchronised };
    const log = new MemoryLogger(this.lines);
    const histories = await keepHistories({ clock, stateFolder, probe, log, bootClock });
    const pump = () => histories.of('GPIO17', limits);
    /** Switches the pump, whose change is written. */
    const pulse = (length: number) => {
      pump().switchedOn(clock.now());
      histories.changed('GPIO17', true);
      return clock.advance(length).then(() => {
        pump().switchedOff(clock.now());
        histories.changed('GPIO17', false);
      });
    };
    return { clock, histories, pump, pulse };
  }

  pass(milliseconds: number): void {
    this.uptime += milliseconds;
    this.wall = new Date(this.wall.getTime() + milliseconds);
  }

  reboot(uptime: number): void {
    this.boot = `${this.boot} and another`;
    this.uptime = uptime;
  }
}

describe('histories', () => {
  let folder: string;
  let machine: Machine;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gpio-limits-'));
    machine = new Machine(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

  it('are the same for every life of the plugin in one bot', async () => {
    const { clock, histories } = await machine.start();
    const again = await keepHistories({
      clock,
      stateFolder: folder,
      probe: { isSynchronised: async () => true },
      log: new MemoryLogger([]),
    });
    expect(again).toBe(histories);
  });

  it('tell the next bot what a dead one has done, with the time that has passed', async () => {
    const { histories, pulse } = await machine.start();
    await pulse(4_000);
    histories.flush();
    machine.pass(34_000);
    const { pump } = await machine.start();
    expect(pump().timesOn).toBe(1);
    expect(pump().offSince).toBe(-30_000);
    expect(pump().timeOn(600_000, 0)).toBe(4_000);
    expect(pump().lastOnBut(0)).toBe(-34_000);
  });

  it('count what was on when the bot died as on until the next one', async () => {
    const { clock, pump, histories } = await machine.start();
    pump().switchedOn(clock.now());
    histories.changed('GPIO17', true);
    histories.flush();
    machine.pass(7_000);
    const next = await machine.start();
    expect([next.pump().onSince, next.pump().offSince]).toEqual([undefined, 0]);
    expect(next.pump().timeOn(600_000, 0)).toBe(7_000);
  });

  it.each([
    ['goes by how long the machine runs, when its clock was set back', 45_000, -1e6, true, -45_000],
    ['goes by the clock, when it was set from the network', 20_000, 86_400_000, true, -86_400_000],
    ['does not believe a clock that was not', 20_000, 86_400_000, false, -20_000],
  ])('after the machine was started again %s', async (_, uptime, wall, synchronised, since) => {
    const { histories, pulse } = await machine.start();
    await pulse(0);
    histories.flush();
    machine.reboot(uptime);
    machine.wall = new Date(machine.wall.getTime() + wall);
    machine.synchronised = synchronised;
    const { pump } = await machine.start();
    expect(pump().offSince).toBe(since);
  });

  it('count as used up where nobody can read them', async () => {
    writeFileSync(path.join(folder, 'limits.json'), '{"pins":');
    const { pump } = await machine.start();
    expect(pump().timesOn).toBeGreaterThan(1e6);
    expect(pump().offSince).toBe(0);
    expect(pump().timeOn(600_000, 0)).toBe(600_000);
    expect(pump().lastOnBut(9)).toBe(0);
    expect(machine.lines.map(({ message }) => message)).toEqual([
      'What pins have used of their limits cannot be read: it counts as used up.',
    ]);
  });

  it('say once that they cannot be written, and try again', async () => {
    const { clock, histories, pulse } = await machine.start();
    // No rights keep root out; a file in the folder's place does.
    rmSync(folder, { recursive: true, maxRetries: 9 });
    writeFileSync(folder, '');
    for (let turn = 0; turn < 3; turn++) {
      await pulse(1_000);
      histories.flush();
      await clock.advance('1s');
    }
    expect(machine.lines.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^What pins have used of their limits will not outlive the bot: .*E(NOTDIR|EXIST)/,
      ),
    ]);
    rmSync(folder);
    mkdirSync(folder);
    await pulse(1_000);
    histories.flush();
    expect(existsSync(path.join(folder, 'limits.json'))).toBe(true);
  });

  it('stay small however often a pin is switched, and are not written each time', async () => {
    const { clock, histories, pump } = await machine.start();
    for (let turn = 0; turn < 5_000; turn++) {
      pump().switchedOn(clock.now());
      histories.changed('GPIO17', true);
      await Promise.resolve();
      pump().switchedOff(clock.now() + 1);
    }
    expect(existsSync(path.join(folder, 'limits.json'))).toBe(false);
    histories.flush();
    expect(readFileSync(path.join(folder, 'limits.json')).length).toBeLessThan(10_000);
  });

  it('are not written for what has no limit that looks back', async () => {
    const { clock, histories } = await machine.start();
    histories.of('GPIO5', toLimits({ maxOn: '1s', maxTogglesPerSecond: 3 })).switchedOn(0);
    histories.changed('GPIO5', true);
    histories.flush();
    await clock.advance('1s');
    expect(existsSync(path.join(folder, 'limits.json'))).toBe(false);
  });
});

describe('the limits of a bot', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gpio-limits-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

  /** A process of its own, with the built packages. @returns what it said */
  async function run(end: 'kill' | 'fail' | 'stop'): Promise<readonly string[]> {
    const script = path.join(__dirname, '..', '..', 'fixtures', 'limited-bot.mjs');
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const bot: ChildProcess = spawn(process.execPath, [script, end, folder], { stdio: [...stdio] });
    if (!bot.stdout) throw new Error('It has no output.');
    const [output] = await Promise.all([text(bot.stdout), once(bot, 'exit')]);
    return output.trim().split('\n');
  }
  const used = 'treat has been used 1 times, which is all for now.';
  const rests = expect.stringMatching(/^pump rests for another /);

  it('outlive a restart of the plugin, also where no file can be written', async () => {
    const treat = { type: 'relay', pin: 17, perRun: 1 };
    const bot = await startGpioBot({ gadgets: { treat } });
    await bot.hear('!treat on');
    await bot.restart('gpio');
    await bot.hear('!treat on');
    expect(bot.replies).toEqual(['treat is on', used]);
    await bot.stop();
  });

  it('outlive kill -9 and a failure; being stopped ends the run, and no rest', async () => {
    expect(await run('kill')).toEqual(['treat is on', 'pump is on']);
    expect(await run('fail')).toEqual([used, rests]);
    expect(await run('stop')).toEqual([used, rests]);
    expect(await run('stop')).toEqual(['treat is on', rests]);
  }, 30_000);
});
