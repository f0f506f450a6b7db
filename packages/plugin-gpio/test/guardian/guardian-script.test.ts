import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readTakeoverNotes } from '@pertybot/core/host';
import { guardianName, guardianScript } from '../../src/guardian/guardian-script.js';
import { sleepsOf } from '../../src/guardian/process-identity.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('the guardian', () => {
  let folder: string;
  let guardian: ChildProcess;
  let hear: () => Promise<string>;
  const level = (name: string) => readFileSync(join(folder, name), 'utf8');
  const levels = () => ['lamp', 'relay'].map(level);
  const switchOn = () => {
    writeFileSync(join(folder, 'lamp'), '1');
    writeFileSync(join(folder, 'relay'), '0');
  };
  const say = (...lines: string[]) => guardian.stdin?.write(`${lines.join('\n')}\n`);
  const title = () => readFileSync(`/proc/${guardian.pid}/cmdline`, 'utf8').replaceAll('\0', '');

  /** Starts it over two files that stand for the value files of an output each. */
  async function start(silence = 60_000, more: readonly string[] = []): Promise<void> {
    const lines = [`GPIO17:0:${join(folder, 'lamp')}`, `GPIO27:1:${join(folder, 'relay')}`];
    const settings = [String(silence / 1_000), '', join(folder, 'takeover-')];
    guardian = spawn('perl', ['-e', guardianScript, ...settings, ...more, ...lines], {
      stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    });
    if (!guardian.stdout) throw new Error('The guardian has no output.');
    const said = createInterface({ input: guardian.stdout })[Symbol.asyncIterator]();
    hear = async () => String((await said.next()).value);
    expect(await hear()).toBe('ready');
  }

  beforeEach(() => {
    folder = temporaryFolder();
    switchOn();
  });

  afterEach(() => void guardian.kill('SIGKILL'));

  it('sets the safe levels when the pipe ends, and leaves', async () => {
    await start();
    guardian.stdin?.end('b\n');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
    expect(levels()).toEqual(['0', '1']);
  });

  it('is woken by no note, and has read it when its output should be off', async () => {
    await start(60_000, ['notes:3']);
    const notes = guardian.stdio[3];
    if (!(notes instanceof Writable)) throw new Error('It has no pipe for notes.');
    say('b 1000');
    expect(await hear()).toBe('b');
    notes.write('o 0 60 60 1000\n');
    say('b 1000');
    expect(await hear()).toBe('b');
    const before = sleepsOf(guardian.pid);
    // Told late: what counts is when it was written.
    notes.write('f 0 1000\no 0 0.5 0.5 999.8\n');
    expect(Number(sleepsOf(guardian.pid)) - Number(before)).toBeLessThanOrEqual(1);
    expect(await hear()).toBe('l 0');
    expect(levels()).toEqual(['0', '0']);
  });

  it('answers no heartbeat at rest', async () => {
    await start();
    say('B 1000', 'b 1001');
    expect(await hear()).toBe('b');
    guardian.stdin?.end('q\n');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
  });

  it('touches nothing after a goodbye', async () => {
    await start();
    guardian.stdin?.end('b\nq\n');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
    expect(levels()).toEqual(['1', '0']);
  });

  it('leaves a note of what it saw when the bot has gone', async () => {
    await start();
    writeFileSync(join(folder, 'lamp'), '0');
    say('f 0', 'f 1', 'o 1 60 60');
    guardian.stdin?.end('b\n');
    await once(guardian, 'exit');
    const [note] = readTakeoverNotes(folder);
    expect(note?.boot).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    expect(note?.outputs).toEqual([
      { name: 'GPIO17', safe: true, lastOn: undefined },
      { name: 'GPIO27', safe: false, lastOn: expect.any(Number) },
    ]);
    const { began = 0, ended = 0, outputs = [] } = note ?? {};
    expect(outputs[1]?.lastOn).toBeGreaterThanOrEqual(began);
    expect(ended).toBeGreaterThanOrEqual(outputs[1]?.lastOn ?? Infinity);
    expect(levels()).toEqual(['0', '1']);
  });

  it('leaves no note after a goodbye, nor before it was told how its outputs stand', async () => {
    await start();
    say('o 0 60 60');
    guardian.stdin?.end('q\n');
    await once(guardian, 'exit');
    await start();
    guardian.stdin?.end('b\n');
    await once(guardian, 'exit');
    expect(readTakeoverNotes(folder)).toEqual([]);
  });

  it('does not leave when it is asked to', async () => {
    await start();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const) guardian.kill(signal);
    guardian.stdin?.end();
    expect(await once(guardian, 'exit')).toEqual([0, null]);
    expect(levels()).toEqual(['0', '1']);
  });

  it('answers each heartbeat', async () => {
    await start();
    say('b', 'b');
    expect([await hear(), await hear()]).toEqual(['b', 'b']);
  });

  it('sets the safe levels after each silence, once', async () => {
    await start(100);
    await safe();
    switchOn();
    await sleep(400);
    expect(levels()).toEqual(['1', '0']);
    say('b');
    await safe();
    switchOn();
    guardian.stdin?.end('q\n');
    await once(guardian, 'exit');
    expect(levels()).toEqual(['1', '0']);
  });

  it('sets the safe levels at once when another process asks, and says so in its title', async () => {
    await start();
    expect(title()).toBe(guardianName);
    guardian.kill('SIGUSR2');
    await safe();
    await until(() => title() === `${guardianName} off 1`);
    guardian.kill('SIGUSR2');
    await until(() => title() === `${guardianName} off 2`);
    guardian.stdin?.end('q\n');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
  });

  it('goes by a name of its own', async () => {
    await start();
    expect(readFileSync(`/proc/${guardian.pid}/comm`, 'utf8').trim()).toBe(guardianName);
  });

  it('ends an output that is on past its end, tells it, and holds it until it is off', async () => {
    await start();
    say('o 0 0.2 60');
    expect(await hear()).toBe('l 0');
    expect(levels()).toEqual(['0', '0']);
    writeFileSync(join(folder, 'lamp'), '1');
    await until(() => level('lamp') === '0');
    say('f 0', 'b');
    await hear();
    writeFileSync(join(folder, 'lamp'), '1');
    await sleep(400);
    expect(level('lamp')).toBe('1');
  });

  it('lets no new end exceed the longest time on, whatever the bot says', async () => {
    await start();
    say('o 0 0.1 0.4');
    const begin = performance.now();
    for (let i = 0; i < 3; i += 1) {
      await sleep(50);
      say('o 0 60 60');
    }
    expect(await hear()).toBe('l 0');
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(level('lamp')).toBe('0');
  });

  it('lets an output be on for good where nothing limits it', async () => {
    await start();
    say('o 0 Infinity Infinity', 'o 1 0.1 1');
    expect(await hear()).toBe('l 1');
    expect(level('lamp')).toBe('1');
  });

  it('lets go of what is given back', async () => {
    await start();
    say('x 0');
    expect(await hear()).toBe('x 0');
    guardian.stdin?.end();
    await once(guardian, 'exit');
    expect(levels()).toEqual(['1', '1']);
  });

  it('tries again what fails, and does not leave before it is done', async () => {
    await start();
    // What cannot be opened for writing, whoever tries.
    rmSync(join(folder, 'lamp'));
    mkdirSync(join(folder, 'lamp'));
    guardian.stdin?.end();
    await until(() => level('relay') === '1');
    await sleep(300);
    expect(guardian.exitCode).toBeNull();
    rmSync(join(folder, 'lamp'), { recursive: true, maxRetries: 9 });
    writeFileSync(join(folder, 'lamp'), '1');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
    expect(levels()).toEqual(['0', '1']);
  });

  it('exports again what somebody unexported while it was on, and nothing else', async () => {
    writeFileSync(join(folder, 'export'), '');
    await start(60_000, [`gone:0:${join(folder, 'gpio529', 'value')}`]);
    guardian.kill('SIGUSR2');
    await until(() => title() === `${guardianName} off 1`);
    expect(level('export')).toBe('');
    say('o 0 60 60');
    guardian.stdin?.end();
    await until(() => level('export') === '529');
    mkdirSync(join(folder, 'gpio529'));
    writeFileSync(join(folder, 'gpio529', 'direction'), '');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
    expect(level('gpio529/direction')).toBe('low');
  });

  it('does not say that all is off before it is', async () => {
    await start();
    rmSync(join(folder, 'lamp'));
    mkdirSync(join(folder, 'lamp'));
    guardian.kill('SIGUSR2');
    await until(() => level('relay') === '1');
    await sleep(300);
    expect(title()).toBe(guardianName);
    rmSync(join(folder, 'lamp'), { recursive: true, maxRetries: 9 });
    writeFileSync(join(folder, 'lamp'), '1');
    await until(() => title() === `${guardianName} off 1`);
    expect(level('lamp')).toBe('0');
  });

  it('needs nothing but perl itself', () => {
    expect(guardianScript).not.toMatch(/^\s*(use|require)\b/m);
  });

  /** Resolves when both files have their safe levels. */
  const safe = () => until(() => levels().join() === '0,1');

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await sleep(10);
  }
});
