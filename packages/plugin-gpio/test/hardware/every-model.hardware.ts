import { basename } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from '@jest/globals';
import { createDriver, openDriver } from '../../src/drivers/find-driver.js';

describe('on this model', () => {
  it('finds the chip of the header, whatever its number', async () => {
    const driver = await createDriver('chardev');
    await driver.close();
    const chip = basename(process.env.GPIO_CHIP ?? 'nothing');
    expect(driver.description).toMatch(new RegExp(`^${chip} \\(pinctrl-`));
  });

  it('finds the number that sysfs gives to GPIO0', async () => {
    const driver = await createDriver('onoff');
    await driver.close();
    expect(driver.description).toMatch(new RegExp(`^sysfs base ${process.env.GPIO_BASE} \\(`));
  });

  it('chooses the character device', async () => {
    const driver = await openDriver('auto');
    await driver.close();
    expect(driver.name).toBe('chardev');
  });

  it('holds up nothing while onoff opens pins', async () => {
    const stalls: number[] = [];
    // A busy machine stalls now and then; opening that blocks would stall every time.
    for (const offset of [5, 6, 12, 13, 16, 26]) {
      const driver = await createDriver('onoff');
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      await driver.claimOutput(offset, 0);
      delay.disable();
      await driver.close();
      stalls.push(delay.max / 1e6);
    }
    expect(Math.min(...stalls)).toBeLessThan(100);
  });
});
