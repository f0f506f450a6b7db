import { expect, it } from '@jest/globals';
import { createDriver, openDriver } from '../../src/drivers/find-driver.js';

it.each(['chardev', 'onoff'] as const)('says that there is no header for %s', async (name) => {
  await expect(createDriver(name)).rejects.toMatchObject({
    code: 'GPIO_NO_CHIP',
    hint: expect.stringContaining('driver: simulated'),
  });
});

it('simulates where there is no Raspberry Pi', async () => {
  const driver = await openDriver('auto');
  expect(driver.name).toBe('simulated');
  await driver.close();
});
