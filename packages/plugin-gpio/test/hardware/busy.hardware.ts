import { describe, expect, it } from '@jest/globals';
import { createDriver } from '../../src/drivers/find-driver.js';

describe('a pin that the kernel uses for SPI', () => {
  it.each([
    ['chardev', '"spi0"'],
    ['onoff', 'a kernel driver'],
  ] as const)('is refused by %s, which says that it is %s', async (name, holder) => {
    const driver = await createDriver(name);
    const busy = { code: 'GPIO_PIN_BUSY', message: expect.stringContaining(holder) };
    await expect(driver.claimOutput(17, 0)).rejects.toMatchObject(busy);
    await expect(driver.claimInput(17, { pull: 'none', debounce: 0 })).rejects.toMatchObject(busy);
    await expect(driver.claimOutput(18, 0)).resolves.toMatchObject({ offset: 18 });
    await driver.close();
  });
});
