import { isPertyError } from '@pertybot/core';
import type { Output } from '../../gpio.js';
import type { LimitOptions } from '../../guard/limits/limits.js';
import type { GadgetContext } from '../gadget-kind.js';
import { pwmOptions } from './pwm-entries.js';

/** Turns a second of an LED on hardware PWM. */
const frequency = 500;

/** What an LED is claimed with. */
export interface DimmableConfig {
  readonly pin: string;
  readonly activeLow: boolean;
  readonly chip?: string | undefined;
  readonly channel?: number | undefined;
}

/**
 * Claims an LED that can be dimmed: by hardware PWM where the kernel says that the pin has it, or where
 * the owner names a chip; else by switching the pin fast.
 * @throws GpioError as {@link GadgetContext.output}
 */
export async function claimDimmable(
  { output, pwm }: Pick<GadgetContext, 'output' | 'pwm'>,
  config: DimmableConfig,
  limits: LimitOptions,
): Promise<Output> {
  const { pin, activeLow, chip, channel } = config;
  const common = { kind: 'light' as const, ...limits };
  const isNamed = chip !== undefined || channel !== undefined;
  // Most PWM chips cannot pulse upside down.
  if (isNamed || !activeLow) {
    try {
      const where = { ...pwmOptions(config), onlyIfRouted: !isNamed };
      return await pwm(pin, { ...common, ...where, frequency });
    } catch (error) {
      if (isNamed || !isPertyError(error) || error.code !== 'GPIO_UNSUPPORTED') throw error;
    }
  }
  return output(pin, { ...common, activeLow, dimmable: true });
}
