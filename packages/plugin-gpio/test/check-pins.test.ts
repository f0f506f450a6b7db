import { expect, it } from '@jest/globals';
import type { GpioDriver } from '../src/drivers/gpio-driver.js';
import { SimulatedDriver } from '../src/drivers/simulated-driver.js';
import { checkPins } from '../src/gpio-checks.js';
import { GpioError } from '../src/gpio-error.js';

/** A driver of that name which was opened, and closed again. */
function opened(name: 'chardev' | 'onoff') {
  const state = { closed: false };
  const driver: GpioDriver = {
    ...new SimulatedDriver(),
    name,
    description: 'gpiochip0 (pinctrl-rp1)',
    claimOutput: () => Promise.reject(new Error('A check claims no pin.')),
    claimInput: () => Promise.reject(new Error('A check claims no pin.')),
    close: async () => {
      state.closed = true;
    },
  };
  return { open: async () => driver, state };
}

it('says which driver works, and closes it', async () => {
  const { open, state } = opened('onoff');
  const findings = await checkPins('auto', { open });
  expect(findings).toEqual([
    {
      level: 'ok',
      subject: 'driver',
      message: 'Pins are driven by onoff: gpiochip0 (pinctrl-rp1).',
    },
  ]);
  expect(state.closed).toBe(true);
});

it('says why no driver works, and what to do', async () => {
  const open = () =>
    Promise.reject(new GpioError('GPIO_NO_ACCESS', 'No access.', { hint: 'Join the group.' }));
  expect(await checkPins('auto', { open })).toEqual([
    { level: 'error', subject: 'driver', message: 'No access.', hint: 'Join the group.' },
  ]);
});
