import { expect, it } from '@jest/globals';
import type { GpioDriver } from '../../src/drivers/gpio-driver.js';
import { SimulatedDriver } from '../../src/drivers/simulated-driver.js';
import { GpioError } from '../../src/gpio-error.js';
import { checkPins } from '../../src/guardian/check-pins.js';

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
  const findings = await checkPins('auto', { open, readReleasePolicy: async () => 'kept' });
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
  expect(await checkPins('auto', { open, readReleasePolicy: async () => undefined })).toEqual([
    { level: 'error', subject: 'driver', message: 'No access.', hint: 'Join the group.' },
  ]);
});

it.each([
  ['kept', 'info', 'dtparam=strict_gpiod'],
  ['input', 'ok', undefined],
] as const)('tells that a released output is %s', async (policy, level, hint) => {
  const { open } = opened('chardev');
  const [, finding] = await checkPins('auto', { open, readReleasePolicy: async () => policy });
  expect(finding).toMatchObject({ level, subject: 'strict_gpiod' });
  if (hint) expect(finding?.hint).toContain(hint);
});

it('says no more than it knows where the kernel does not tell', async () => {
  const { open } = opened('chardev');
  const findings = await checkPins('auto', { open, readReleasePolicy: async () => undefined });
  expect(findings).toHaveLength(1);
});
