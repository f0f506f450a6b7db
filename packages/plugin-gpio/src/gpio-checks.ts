import { type Finding, formatDuration, isPertyError, messageOf } from '@pertybot/core';
import { openDriver } from './drivers/find-driver.js';
import type { OutputInfo } from './gpio.js';
import type { GpioConfig } from './gpio-config.js';
import { readReleasePolicy } from './guardian/release-policy.js';
import { planGadgets } from './plan-gadgets.js';

/** What `pertybot doctor` and `pertybot check` say of the pins. Moves none of them. */
export async function checkGpio(config: GpioConfig): Promise<readonly Finding[]> {
  const [driver, plan] = await Promise.all([checkDriver(config), checkPlan(config)]);
  return [...driver, ...plan];
}

async function checkDriver({ driver: choice }: GpioConfig): Promise<readonly Finding[]> {
  const subject = 'driver';
  try {
    const driver = await openDriver(choice);
    const message = `Pins are driven by ${driver.name}: ${driver.description}.`;
    await driver.close();
    const findings: Finding[] = [{ level: 'ok', subject, message }];
    return driver.name === 'simulated' ? findings : [...findings, ...(await checkRelease())];
  } catch (error) {
    const hint = isPertyError(error) ? error.hint : undefined;
    return [{ level: 'error', subject, message: messageOf(error), ...(hint ? { hint } : {}) }];
  }
}

async function checkRelease(): Promise<readonly Finding[]> {
  if ((await readReleasePolicy()) !== 'kept') return [];
  return [
    {
      level: 'warning',
      subject: 'strict_gpiod',
      message: 'The kernel leaves outputs on when the program that holds them dies.',
      hint: 'Add "dtparam=strict_gpiod" to /boot/firmware/config.txt and start the Pi again.',
    },
  ];
}

async function checkPlan(config: GpioConfig): Promise<readonly Finding[]> {
  const subject = 'gadgets';
  try {
    const { outputs, missing, warnings } = await planGadgets(config);
    return [
      ...outputs.map((output): Finding => ({ level: 'ok', subject, message: describe(output) })),
      ...warnings.map((message): Finding => ({ level: 'warning', subject, message })),
      ...missing.map(({ name, type }): Finding => {
        const message = `"${name}" needs a plugin that brings the type "${type}".`;
        return { level: 'info', subject, message };
      }),
    ];
  } catch (error) {
    const hint = isPertyError(error) ? error.hint : undefined;
    return [{ level: 'error', subject, message: messageOf(error), ...(hint ? { hint } : {}) }];
  }
}

function describe({ gadget, pin, limits, dryRun }: OutputInfo): string {
  const { maxOn = Number.POSITIVE_INFINITY } = limits;
  const time =
    maxOn === Number.POSITIVE_INFINITY ? 'without end' : `at most ${formatDuration(maxOn)} at a time`;
  return `"${gadget}" drives ${pin}, ${time}${dryRun ? ', in dry-run' : ''}.`;
}
