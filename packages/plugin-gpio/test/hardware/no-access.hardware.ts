import { expect, it } from '@jest/globals';
import { createDriver, openDriver } from '../../src/drivers/find-driver.js';

it.each(['chardev', 'onoff'] as const)('says who may use %s', async (name) => {
  await expect(createDriver(name)).rejects.toMatchObject({
    code: 'GPIO_NO_ACCESS',
    hint: expect.stringContaining('usermod -aG gpio'),
  });
});

it('never simulates in silence: auto says why nothing works, and what to do', async () => {
  await expect(openDriver('auto')).rejects.toMatchObject({
    code: 'GPIO_DRIVER_FAILED',
    message: expect.stringMatching(/chardev: .*gpiochip.* onoff: .*export/),
    hint: expect.stringContaining('usermod -aG gpio'),
  });
});
