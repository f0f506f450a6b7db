import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { silentLogger } from '@pertybot/core/host';
import type { Level } from '../../src/drivers/gpio-driver.js';
import { SimulatedBoard } from '../../src/drivers/simulated-board.js';
import { SimulatedDriver } from '../../src/drivers/simulated-driver.js';
import { Guardian } from '../../src/guardian/guardian.js';
import { PinsFile } from '../../src/guardian/pins-file.js';
import { WatchedDriver } from '../../src/guardian/watched-driver.js';
import { isTonalLine, SimulatedPwmLine } from '../../src/pwm/pwm-line.js';
import { describeDriver } from '../drivers/driver-contract.js';
import { temporaryFolder } from '../temporary-folder.js';

/** A simulated driver whose outputs could stay on, since each has a file behind it. */
class FileDriver extends SimulatedDriver {
  readonly folder = temporaryFolder();

  override async claimOutput(offset: number, initial: Level) {
    const line = await super.claimOutput(offset, initial);
    const valueFile = join(this.folder, `gpio${offset}`);
    writeFileSync(valueFile, '1');
    return Object.assign(line, { handle: { kind: 'sysfs', valueFile } as const });
  }
}

function open(board: SimulatedBoard) {
  const driver = new FileDriver(board);
  const pinsFile = new PinsFile(join(driver.folder, 'pins.json'));
  const guardian = new Guardian({ pinsFile, log: silentLogger });
  return { driver, pinsFile, guardian, watched: new WatchedDriver(driver, guardian) };
}

const board = new SimulatedBoard();
describeDriver('simulated', {
  open: async () => open(board).watched,
  level: (offset) => board.level(offset),
  drive: (offset, level) => board.setInput(offset, level),
  pulls: true,
});

describe('a watched driver', () => {
  let parts: ReturnType<typeof open>;
  const listed = () => parts.pinsFile.read().pins.map(({ offset, safe }) => [offset, safe]);

  beforeEach(() => {
    parts = open(new SimulatedBoard());
  });

  it('hands out no output before its guardian watches it', async () => {
    await parts.watched.claimOutput(17, 0);
    await parts.watched.claimOutput(27, 1);
    expect(parts.guardian.pid).toBeGreaterThan(0);
    expect(listed()).toEqual([
      [17, 0],
      [27, 1],
    ]);
    await parts.watched.close();
  });

  it('ends the watch over an output that is given back, before another may have it', async () => {
    const lamp = await parts.watched.claimOutput(17, 0);
    await parts.watched.claimOutput(27, 0);
    lamp.release(0);
    await parts.watched.claimInput(17, { pull: 'none', debounce: 0 });
    expect(listed()).toEqual([[27, 0]]);
    await parts.watched.close();
  });

  it('leaves neither process nor list when it closes', async () => {
    const lamp = await parts.watched.claimOutput(17, 0);
    const { pid } = parts.guardian;
    lamp.release(0);
    await parts.watched.close();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(existsSync(parts.pinsFile.path)).toBe(false);
    expect(readFileSync(join(parts.driver.folder, 'gpio17'), 'utf8')).toBe('1');
  });

  it('leaves what was not given back to its guardian, which sets it', async () => {
    await parts.watched.claimOutput(17, 0);
    const { pid } = parts.guardian;
    await parts.watched.close();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(existsSync(parts.pinsFile.path)).toBe(false);
    expect(readFileSync(join(parts.driver.folder, 'gpio17'), 'utf8')).toBe('0');
  });

  it('says of each output whether it is watched, and until when it may be on', async () => {
    const lamp = await parts.watched.claimOutput(17, 0);
    const valueFile = join(parts.driver.folder, 'gpio17');
    expect(lamp.watch?.isWatched).toBe(true);
    await new Promise<void>((late) => lamp.watch?.expect({ time: 10, most: 10, late }));
    expect(readFileSync(valueFile, 'utf8')).toBe('0');
    lamp.watch?.done();
    lamp.release(0);
    await parts.watched.close();
  });

  it('watches what is no line of the header, too, and leaves it what it can', async () => {
    const valueFile = join(parts.driver.folder, 'enable');
    writeFileSync(valueFile, '0');
    const handle = { kind: 'pwm', valueFile } as const;
    const own = new SimulatedPwmLine(await parts.driver.claimOutput(18, 0), 50);
    const line = await parts.watched.watch(Object.assign(own, { handle }), 0);
    expect(parts.pinsFile.read().pins).toEqual([{ driver: 'pwm', valueFile, offset: 18, safe: 0 }]);
    if (!isTonalLine(line)) throw new Error('It cannot be tuned any more.');
    line.setShare(0.25);
    line.setFrequency(440);
    expect([own.share, own.frequency, line.share]).toEqual([0.25, 440, 0.25]);
    writeFileSync(valueFile, '1');
    process.kill(parts.guardian.pid ?? Number.NaN, 'SIGUSR2');
    while (readFileSync(valueFile, 'utf8') !== '0') await new Promise(setImmediate);
    line.release(0);
    await parts.guardian.settled();
    expect(listed()).toEqual([]);
    await parts.watched.close();
  });
});
