import { expect, it } from '@jest/globals';
import { createDriver, openDriver } from '../../src/drivers/find-driver.js';

it('says that onoff needs the GPIO files, and what to use instead', async () => {
  await expect(createDriver('onoff')).rejects.toMatchObject({
    code: 'GPIO_NO_CHIP',
    message: expect.stringContaining('/sys/class/gpio'),
    hint: expect.stringContaining('driver: chardev'),
  });
});

it('chooses the character device', async () => {
  const driver = await openDriver('auto');
  await driver.close();
  expect(driver.name).toBe('chardev');
});
