import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askGuardian } from '../../src/guardian/ask-guardian.js';
import { guardianScript } from '../../src/guardian/guardian-script.js';
import { makePinsSafe } from '../../src/guardian/make-pins-safe.js';
import { PinsFile } from '../../src/guardian/pins-file.js';
import { identify } from '../../src/guardian/process-identity.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('pins of a bot that is gone', () => {
  let folder: string;
  let pinsFile: PinsFile;
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const line = (offset: number, safe: 0 | 1) => ({
    driver: 'onoff' as const,
    valueFile: join(folder, `gpio${512 + offset}`, 'value'),
    offset,
    safe,
  });

  /** A folder such as /sys/class/gpio with two exported lines that are on. */
  beforeEach(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder, 'unexport'), '');
    for (const [name, level] of [
      ['gpio529', '1'],
      ['gpio539', '0'],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'value'), level);
    }
    pinsFile = new PinsFile(join(folder, 'pins.json'));
    pinsFile.write({ pins: [line(17, 0), line(27, 1)] });
  });

  it('are set to their safe levels, given back, and forgotten', async () => {
    expect(await makePinsSafe(pinsFile.path, { botIsDead: true })).toEqual([
      { offset: 17, name: 'GPIO17', safe: 0, outcome: 'set' },
      { offset: 27, name: 'GPIO27', safe: 1, outcome: 'set' },
    ]);
    expect([read('gpio529/value'), read('gpio539/value')]).toEqual(['0', '1']);
    expect(read('unexport')).toBe('539');
    expect(existsSync(pinsFile.path)).toBe(false);
  });

  it('are set by their direction, which no other program turns upside down', async () => {
    for (const file of ['gpio539/direction', 'gpio539/active_low']) {
      writeFileSync(join(folder, file), '1');
    }
    await makePinsSafe(pinsFile.path);
    expect([read('gpio539/direction'), read('gpio539/active_low')]).toEqual(['high', '0']);
  });

  it('may be a PWM channel and the LED on the board', async () => {
    for (const name of ['pwm2', 'ACT']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'pwm2/enable'), '1');
    writeFileSync(join(folder, 'ACT/brightness'), '1');
    pinsFile.write({
      pins: [
        { driver: 'pwm', valueFile: join(folder, 'pwm2/enable'), offset: 18, safe: 0 },
        { driver: 'led', valueFile: join(folder, 'ACT/brightness'), offset: -1, safe: 0 },
      ],
    });
    expect(await makePinsSafe(pinsFile.path, { botIsDead: true })).toMatchObject([
      { name: 'GPIO18', outcome: 'set' },
      { name: 'ACT', outcome: 'set' },
    ]);
    expect([read('pwm2/enable'), read('ACT/brightness')]).toEqual(['0', '0']);
    expect(read('unexport')).toBe('2');
  });

  it('stay with a bot that may still live', async () => {
    await makePinsSafe(pinsFile.path);
    expect([read('gpio529/value'), read('gpio539/value')]).toEqual(['0', '1']);
    expect(read('unexport')).toBe('');
    expect(pinsFile.read().pins).toHaveLength(2);
  });

  it('need nothing when they were given back already', async () => {
    rmSync(join(folder, 'gpio529'), { recursive: true, maxRetries: 9 });
    const [first] = await makePinsSafe(pinsFile.path, { botIsDead: true });
    expect(first).toEqual({ offset: 17, name: 'GPIO17', safe: 0, outcome: 'set' });
    expect(existsSync(join(folder, 'gpio529'))).toBe(false);
  });

  it('are taken back where somebody unexported them while they were on', async () => {
    rmSync(join(folder, 'gpio529'), { recursive: true, maxRetries: 9 });
    writeFileSync(join(folder, 'export'), '');
    const [first] = await makePinsSafe(pinsFile.path, { botIsDead: true });
    // The kernel would have made the files.
    expect([read('export'), first?.outcome]).toEqual(['529', 'failed']);
    expect(existsSync(pinsFile.path)).toBe(true);
  });

  it('are kept on the list while one of them cannot be set', async () => {
    rmSync(join(folder, 'gpio529/value'));
    mkdirSync(join(folder, 'gpio529/value'));
    const [first, second] = await makePinsSafe(pinsFile.path, { botIsDead: true });
    expect(first).toMatchObject({ offset: 17, outcome: 'failed', reason: expect.any(String) });
    expect(second).toMatchObject({ offset: 27, outcome: 'set' });
    expect(existsSync(pinsFile.path)).toBe(true);
  });

  it('are those that are configured where there is no list, or none that can be read', async () => {
    const states: string[] = [];
    const lamp = { offset: 17, name: 'GPIO17', safe: 0, outcome: 'set' } as const;
    const withoutList = (state: string) => {
      states.push(state);
      return [lamp];
    };
    const options = { botIsDead: true, withoutList };
    expect(await makePinsSafe(join(folder, 'absent.json'), options)).toEqual([lamp]);
    for (const text of ['{"pins": [{"driver": "onoff"', '', '{}', '{"pins": [{"driver": "x"}]}']) {
      writeFileSync(pinsFile.path, text);
      expect(await makePinsSafe(pinsFile.path, options)).toEqual([lamp]);
      expect(existsSync(pinsFile.path)).toBe(false);
    }
    expect(states).toEqual(['absent', ...Array.from({ length: 4 }, () => 'unreadable')]);
  });

  it('leave a damaged list where it is as long as one of them may be on', async () => {
    writeFileSync(pinsFile.path, '{');
    const withoutList = () =>
      [{ offset: 17, name: 'GPIO17', safe: 0, outcome: 'held', reason: 'busy' }] as const;
    await makePinsSafe(pinsFile.path, { botIsDead: true, withoutList });
    expect(existsSync(pinsFile.path)).toBe(true);
  });

  describe('with a guardian', () => {
    let guardian: ChildProcessWithoutNullStreams;
    let held: string;

    beforeEach(async () => {
      held = join(folder, 'held');
      writeFileSync(held, '1');
      guardian = spawn('perl', ['-e', guardianScript, '60', '', '', `GPIO17:0:${held}`]);
      await once(guardian.stdout, 'data');
      pinsFile.write({ guardian: identify(guardian.pid ?? 0), pins: [] });
    });

    afterEach(() => void guardian.kill('SIGKILL'));

    it.each([
      ['lives', () => {}],
      ['was stopped', () => guardian.kill('SIGSTOP')],
    ])('that %s are set by it, which says so', async (_state, before) => {
      before();
      expect(await askGuardian(pinsFile.read().guardian ?? { pid: 0, started: '' })).toBe(true);
      expect(read('held')).toBe('0');
    });

    it('that cannot set them are not said to be set', async () => {
      rmSync(held);
      mkdirSync(held);
      expect(await askGuardian(pinsFile.read().guardian ?? { pid: 0, started: '' })).toBe(false);
    });

    it('are not asked for by the number of one that has ended', async () => {
      const { pid } = identify(guardian.pid ?? 0) ?? { pid: 0, started: '' };
      expect(await askGuardian({ pid, started: 'another boot:1' })).toBe(false);
      expect(read('held')).toBe('1');
    });
  });

  it('disturb no process that has the number of a guardian that is gone', async () => {
    const stranger = spawn('sleep', ['60']);
    pinsFile.write({ guardian: identify(stranger.pid ?? 0), pins: [] });
    await makePinsSafe(pinsFile.path, { botIsDead: true });
    expect(stranger.signalCode).toBeNull();
    stranger.kill('SIGKILL');
    expect(await once(stranger, 'exit')).toEqual([null, 'SIGKILL']);
  });
});
