import { type Finding, formatDuration, isPertyError, messageOf } from '@pertybot/core';
import { openDriver } from './drivers/find-driver.js';
import type { DriverName, GpioDriver } from './drivers/gpio-driver.js';
import { gadgetFaults } from './gadgets/config/gadget-faults.js';
import type { OutputInfo } from './gpio.js';
import type { GpioConfig } from './gpio-config.js';
import { levelWarnings, type ReleasePolicy, strictAdvice } from './guard/levels/level-warnings.js';
import { describeLevels, type OutputLevels } from './guard/levels/output-levels.js';
import { outputLevels } from './guard/levels/output-levels-here.js';
import { planGadgets } from './plan-gadgets.js';

/** What `pertybot doctor` and `pertybot check` say of the pins. Moves none of them. */
export async function checkGpio(config: GpioConfig): Promise<readonly Finding[]> {
  const [driver, plan, { outputs, policy, findings }] = await Promise.all([
    checkPins(config.driver),
    checkPlan(config),
    checkLevels(config),
  ]);
  const isChardev = config.driver === 'auto' || config.driver === 'chardev';
  return [...driver, ...(isChardev ? strictAdvice(outputs, policy) : []), ...plan, ...findings];
}

/** What {@link checkPins} looks at; replaced in tests. */
export interface PinSurroundings {
  readonly open: (choice: 'auto' | DriverName) => Promise<GpioDriver>;
}

/**
 * What `pertybot doctor` tells about pins: which driver works or why none does. It claims no pin.
 */
export async function checkPins(
  choice: 'auto' | DriverName,
  surroundings: PinSurroundings = { open: (name) => openDriver(name) },
): Promise<readonly Finding[]> {
  let driver: GpioDriver;
  try {
    driver = await surroundings.open(choice);
  } catch (error) {
    const hint = isPertyError(error) ? error.hint : undefined;
    const finding = { level: 'error', subject: 'driver', message: messageOf(error) } as const;
    return [hint === undefined ? finding : { ...finding, hint }];
  }
  await driver.close();
  const message = `Pins are driven by ${driver.name}: ${driver.description}.`;
  return [{ level: 'ok', subject: 'driver', message }];
}

interface CheckedLevels {
  readonly outputs: readonly OutputLevels[];
  readonly policy: ReleasePolicy;
  readonly findings: readonly Finding[];
}

/** What the plan cannot tell is said by it. */
async function checkLevels(config: GpioConfig): Promise<CheckedLevels> {
  const planned = await planGadgets(config).catch(() => ({ outputs: [] }));
  const { outputs, policy } = await outputLevels(planned.outputs, config.driver);
  const told = outputs.map((each): Finding => {
    return { level: 'ok', subject: 'levels', message: describeLevels(each), data: each };
  });
  return { outputs, policy, findings: [...told, ...levelWarnings(outputs, policy)] };
}

async function checkPlan(config: GpioConfig): Promise<readonly Finding[]> {
  const subject = 'gadgets';
  try {
    const { outputs, failures, missing, warnings } = await planGadgets(config);
    return [
      ...[...failures.values()].flatMap((error) => (error === undefined ? [] : toFinding(error))),
      ...outputs.map((output): Finding => ({ level: 'ok', subject, message: describe(output) })),
      ...warnings.map((message): Finding => ({ level: 'warning', subject, message })),
      ...missing.map(({ name }) => toMissing(name, config)),
    ];
  } catch (error) {
    return [toFinding(error)];
  }
}

/** Which kinds other plugins bring is not known here: a type that looks like one of ours is most likely meant as that. */
function toMissing(name: string, { gadgets }: GpioConfig): Finding {
  const subject = 'gadgets';
  const { [name]: config } = gadgets;
  const [fault] = config === undefined ? [] : gadgetFaults({ [name]: config }, []);
  if (config === undefined || fault === undefined) {
    const message = `"${name}" waits for gadgets that other plugins bring.`;
    return { level: 'info', subject, message };
  }
  const message = `"${name}" needs a plugin that brings the type "${config.type}".`;
  const { hint = '' } = fault;
  return hint.startsWith('Did you mean')
    ? { level: 'warning', subject, message, hint }
    : { level: 'info', subject, message };
}

function toFinding(error: unknown): Finding {
  const hint = isPertyError(error) ? error.hint : undefined;
  const finding = { level: 'error', subject: 'gadgets', message: messageOf(error) } as const;
  return hint === undefined ? finding : { ...finding, hint };
}

function describe({ gadget, pin, limits, dryRun }: OutputInfo): string {
  const { maxOn = Number.POSITIVE_INFINITY } = limits;
  const time =
    maxOn === Number.POSITIVE_INFINITY
      ? 'without end'
      : `at most ${formatDuration(maxOn)} at a time`;
  return `"${gadget}" drives ${pin}, ${time}${dryRun ? ', in dry-run' : ''}.`;
}
