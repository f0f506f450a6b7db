import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimOnboardLed } from '../../../src/guard/pins/onboard-led.js';

describe('claimOnboardLed', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'leds-'));
  });
  afterEach(() => rm(folder, { recursive: true, maxRetries: 9 }));

  function addLed(name: string) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, 'trigger'), 'none timer [mmc0] default-on');
    writeFileSync(path.join(folder, name, 'brightness'), '255');
    return (file: string) => readFileSync(path.join(folder, name, file), 'utf8');
  }

  it('takes the LED from the SD card, and gives it back', async () => {
    const read = addLed('ACT');
    const led = await claimOnboardLed('chardev', 0, folder);
    expect([read('trigger'), read('brightness')]).toEqual(['none', '0']);
    led.write(1);
    expect([led.read(), read('brightness')]).toEqual([1, '1']);
    const valueFile = path.join(folder, 'ACT/brightness');
    expect(led.handle).toEqual({ kind: 'led', valueFile });
    led.release(0);
    led.release(0);
    expect([read('trigger'), read('brightness')]).toEqual(['mmc0', '0']);
  });

  it('finds it under its older name', async () => {
    const read = addLed('led0');
    await claimOnboardLed('onoff', 0, folder);
    expect(read('trigger')).toBe('none');
  });

  it('says that there is none', async () => {
    await expect(claimOnboardLed('chardev', 0, folder)).rejects.toMatchObject({
      code: 'GPIO_UNSUPPORTED',
    });
  });

  it('is one in memory on the simulated board', async () => {
    const led = await claimOnboardLed('simulated', 0, folder);
    led.write(1);
    expect(led.read()).toBe(1);
    led.release(0);
    expect(led.read()).toBe(0);
  });
});
