import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Logger, silentLogger } from '@pertybot/core';
import { Guardian } from '../../src/guardian/guardian.js';
import { PinsFile } from '../../src/guardian/pins-file.js';

describe('a guardian', () => {
  let folder: string;
  let pinsFile: PinsFile;
  let guardian: Guardian;
  let warnings: string[];
  let stalls: number[];
  let now: number;

  /** An output whose pin is a file. */
  const output = (offset: number) => {
    const valueFile = join(folder, `gpio${offset}`);
    writeFileSync(valueFile, '1');
    return { offset, handle: { kind: 'sysfs', valueFile }, safe: 0 } as const;
  };
  const level = (offset: number) => readFileSync(join(folder, `gpio${offset}`), 'utf8');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pertybot-'));
    pinsFile = new PinsFile(join(folder, 'state', 'pins.json'));
    warnings = [];
    stalls = [];
    now = 0;
    const log: Logger = { ...silentLogger, warn: (message) => void warnings.push(message) };
    const onStall = (gap: number) => void stalls.push(gap);
    guardian = new Guardian({ pinsFile, log, onStall, now: () => now });
  });

  afterEach(() => guardian.goodbye());

  it('lists the outputs for the next start, and itself', async () => {
    const lamp = output(17);
    await guardian.watch([lamp]);
    expect(pinsFile.read()).toEqual({
      guardian: guardian.pid,
      pins: [{ driver: 'onoff', valueFile: lamp.handle.valueFile, offset: 17, safe: 0 }],
    });
  });

  it('is another process after each change of the outputs', async () => {
    await guardian.watch([output(17)]);
    const first = guardian.pid;
    await guardian.watch([output(17), output(27)]);
    expect(guardian.pid).not.toBe(first);
    expect(existsSync(`/proc/${first}`)).toBe(false);
    expect([level(17), level(27)]).toEqual(['1', '1']);
  });

  it('watches what was asked last when changes come faster than processes start', async () => {
    const outputs = [output(5), output(6), output(13)];
    await Promise.all(outputs.map((_, index) => guardian.watch(outputs.slice(0, index + 1))));
    expect(pinsFile.read().pins.map(({ offset }) => offset)).toEqual([5, 6, 13]);
  });

  it('is no process where no pin can stay on', async () => {
    await guardian.watch([{ offset: 17, safe: 0 }]);
    expect(guardian.pid).toBeUndefined();
    expect(existsSync(pinsFile.path)).toBe(false);
  });

  it('leaves without touching a pin, and without a list', async () => {
    await guardian.watch([output(17)]);
    const { pid } = guardian;
    await guardian.goodbye();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(existsSync(pinsFile.path)).toBe(false);
    expect(level(17)).toBe('1');
  });

  it('tells the bot when it stood still for too long', async () => {
    await guardian.watch([output(17)]);
    now = 500;
    guardian.beat();
    expect(stalls).toEqual([]);
    now = 2_900;
    guardian.beat();
    expect(stalls).toEqual([2_400]);
    expect(warnings).toEqual(['The bot stood still for 2.4 s; its outputs are switched off.']);
  });

  it('is replaced when it dies', async () => {
    await guardian.watch([output(17)]);
    const { pid } = guardian;
    if (pid === undefined) throw new Error('There is no guardian.');
    process.kill(pid, 'SIGKILL');
    expect(await replacement(pinsFile, pid)).toBeGreaterThan(0);
    expect(warnings).toEqual(['The guardian of the outputs died; another one is started.']);
  });

  it('says once that it cannot start, and lets the bot go on', async () => {
    const path = process.env.PATH;
    process.env.PATH = folder;
    try {
      await guardian.watch([output(17)]);
      await guardian.watch([output(27)]);
    } finally {
      process.env.PATH = path;
    }
    expect(guardian.pid).toBeUndefined();
    expect(warnings).toEqual([
      'The guardian of the outputs did not start. A crash may leave outputs on.',
    ]);
    expect(pinsFile.read().pins).toHaveLength(1);
  });
});

/** Resolves when the list names another guardian than `last`. */
async function replacement(file: PinsFile, last: number): Promise<number> {
  for (;;) {
    const { guardian } = file.read();
    if (guardian !== undefined && guardian !== last) return guardian;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
