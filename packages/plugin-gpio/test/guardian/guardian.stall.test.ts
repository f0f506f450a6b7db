import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Logger } from '@pertybot/core';
import { silentLogger } from '@pertybot/core/host';
import { Guardian } from '../../src/guardian/guardian.js';
import { PinsFile } from '../../src/guardian/pins-file.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('a guardian whose bot stood still', () => {
  let folder: string;
  let guardian: Guardian;
  let now: number;
  let warnings: string[];
  let stalls: number[];

  const output = (offset: number) => {
    const valueFile = join(folder, `gpio${offset}`);
    writeFileSync(valueFile, '0');
    return { offset, handle: { kind: 'sysfs', valueFile }, safe: 0 } as const;
  };

  beforeEach(() => {
    folder = temporaryFolder();
    now = 0;
    warnings = [];
    stalls = [];
    const log: Logger = { ...silentLogger, warn: (message) => void warnings.push(message) };
    const onStall = (gap: number) => void stalls.push(gap);
    const pinsFile = new PinsFile(join(folder, 'state', 'pins.json'));
    guardian = new Guardian({ pinsFile, log, onStall, now: () => now });
  });

  afterEach(() => guardian.goodbye());

  it('tells it when that was for too long', async () => {
    await guardian.watch([output(17)]);
    now = 500;
    guardian.beat();
    expect(stalls).toEqual([]);
    now = 2_900;
    guardian.beat();
    expect(stalls).toEqual([2_400]);
    expect(warnings).toEqual(['The bot stood still for 2.4 s; its outputs are switched off.']);
  });

  it('tells it before anything is switched on, whatever comes first then', async () => {
    const [lamp, horn] = [output(17), output(27)];
    await guardian.watch([lamp, horn]);
    guardian.expect(lamp, { time: 9_000, most: 9_000, late: () => {} });
    now = 5_000;
    expect([guardian.isWatching(horn), stalls]).toEqual([true, [5_000]]);
  });
});
