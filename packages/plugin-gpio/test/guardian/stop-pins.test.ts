import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Level } from '../../src/drivers/gpio-driver.js';
import { outputsToStop } from '../../src/guardian/outputs-to-stop.js';
import type { OutsideResult } from '../../src/guardian/outside-header.js';
import type { RecordedPin } from '../../src/guardian/pins-file.js';
import { stopPins } from '../../src/guardian/stop-pins.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stop-pins-'));
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 9 }));

const chardev = (offset: number, safe: Level): RecordedPin => {
  return { driver: 'chardev', chip: '/dev/gpiochip0', offset, safe };
};
const exported = (name: string, safe: Level): RecordedPin => {
  return { driver: 'onoff', valueFile: path.join(folder, name), offset: 17, safe };
};

/** A header whose lines answer with what is given, one answer a try. */
function headerOf(answers: OutsideResult[]) {
  const asked: string[] = [];
  const answer = () => answers.shift() ?? { reason: 'nothing more' };
  const header = {
    set(offset: number, level: Level) {
      asked.push(`set ${offset} ${level}`);
      return answer();
    },
    look(offset: number) {
      asked.push(`look ${offset}`);
      return answer();
    },
    close: () => void asked.push('close'),
  };
  return { asked, openHeader: async () => header };
}

describe('the outputs that are stopped from outside', () => {
  it('are off when that was read back', async () => {
    writeFileSync(path.join(folder, 'value'), '1\n');
    expect(await stopPins([exported('value', 0)])).toEqual([{ name: 'GPIO17', state: 'off' }]);
    expect(readFileSync(path.join(folder, 'value'), 'utf8')).toMatch(/^0/);
  });

  it('are tried again while a dying bot holds them', async () => {
    const { asked, openHeader } = headerOf([{ reason: 'held' }, { level: 1 }, { level: 0 }]);
    expect(await stopPins([chardev(17, 0)], { openHeader })).toEqual([
      { name: 'GPIO17', state: 'off' },
    ]);
    expect(asked).toEqual(['set 17 0', 'set 17 0', 'set 17 0', 'close']);
  });

  it('are told with what was seen, each for itself', async () => {
    const { openHeader } = headerOf([{ level: 1 }, { reason: 'EIO' }, { level: 1 }]);
    const pins = [chardev(17, 0), chardev(22, 0), chardev(27, 1)];
    expect(await stopPins(pins, { openHeader, patience: 0 })).toEqual([
      { name: 'GPIO17', state: 'on', reason: 'it does not keep the level that is off' },
      { name: 'GPIO22', state: 'unknown', reason: 'EIO' },
      { name: 'GPIO27', state: 'off' },
    ]);
  });

  it('are not known to be off where the header cannot be opened, and others are set', async () => {
    writeFileSync(path.join(folder, 'brightness'), '1');
    const led = { driver: 'led', valueFile: path.join(folder, 'brightness'), offset: -1, safe: 0 };
    const openHeader = () => Promise.reject(new Error('no koffi'));
    const pins = [chardev(17, 0), led as RecordedPin];
    expect(await stopPins(pins, { openHeader, patience: 0 })).toMatchObject([
      { name: 'GPIO17', state: 'unknown', reason: 'no koffi' },
      { state: 'off' },
    ]);
  });

  it('are looked for at the header when sysfs has let go of them', async () => {
    const { asked, openHeader } = headerOf([{ level: 0 }]);
    expect(await stopPins([exported('gone', 0)], { openHeader })).toMatchObject([{ state: 'off' }]);
    expect(asked[0]).toBe('set 17 0');
  });

  it('need nothing when a channel was given back, and are failures when it refuses', async () => {
    const pwm = (name: string): RecordedPin => {
      return { driver: 'pwm', valueFile: path.join(folder, name), offset: 18, safe: 0 };
    };
    mkdirSync(path.join(folder, 'enable'));
    expect(await stopPins([pwm('none'), pwm('enable')], { patience: 0 })).toMatchObject([
      { name: 'GPIO18', state: 'off' },
      { name: 'GPIO18', state: 'unknown', reason: expect.stringContaining('EISDIR') },
    ]);
  });

  it('are left as they are when they are only looked at', async () => {
    writeFileSync(path.join(folder, 'value'), '1\n');
    const { asked, openHeader } = headerOf([{ level: 0 }]);
    const seen = await stopPins([exported('value', 0), chardev(27, 0)], {
      lookOnly: true,
      openHeader,
    });
    expect(seen).toEqual([
      { name: 'GPIO17', state: 'on' },
      { name: 'GPIO27', state: 'off' },
    ]);
    expect(readFileSync(path.join(folder, 'value'), 'utf8')).toBe('1\n');
    expect(asked).toEqual(['look 27', 'close']);
  });

  it('are none for no pins', async () => {
    expect(await stopPins([])).toEqual([]);
  });
});

describe('what an emergency stop must switch off', () => {
  const list = () => path.join(folder, '.pertybot', 'pins.json');
  const write = (yaml: string | undefined, pins: string | undefined) => {
    mkdirSync(path.dirname(list()));
    if (yaml !== undefined) writeFileSync(path.join(folder, 'plugins.yaml'), yaml);
    if (pins !== undefined) writeFileSync(list(), pins);
  };
  const yaml = 'plugins:\n  - use: ./cannon.js\n    config: { pin: GPIO22 }\n';

  it('is what the list of the bot says', async () => {
    const pins = [chardev(17, 0)];
    const guardian = { pid: 7, started: 'a boot:1' };
    write(undefined, JSON.stringify({ guardian, pins }));
    expect(await outputsToStop(folder)).toEqual({ guardian, pins, doubts: [] });
  });

  it('is in doubt when neither list nor plugins.yaml can be read', async () => {
    write('plugins: [', '{"pins":');
    const { pins, doubts } = await outputsToStop(folder);
    expect(pins).toEqual([]);
    expect(doubts).toEqual([expect.stringMatching(/^Which outputs there are is not known: /)]);
  });

  it('is what plugins.yaml names when there is no list', async () => {
    write(yaml, undefined);
    expect(await outputsToStop(folder)).toEqual({ pins: [], doubts: [] });
  });
});
