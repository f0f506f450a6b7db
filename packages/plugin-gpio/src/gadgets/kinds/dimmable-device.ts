import { isPertyError, isRefusal } from '@pertybot/core';
import type { Output } from '../../gpio.js';
import type { LimitOptions } from '../../guard/limits/limits.js';
import type { Device, GadgetContext } from '../gadget-kind.js';
import { type VerbResult, verb } from '../verbs/verb.js';
import { amount, count } from '../verbs/verb-value.js';
import { pwmOptions } from './pin-entries.js';

/** Turns a second of an LED on hardware PWM. */
const frequency = 500;

/** Milliseconds between two steps of a pulse. */
const step = 50;

/** Steps from dark to bright. */
const steps = 20;

/** Most pulses of one `pulse`. */
const mostPulses = 20;

/** What an LED is claimed with. */
interface DimmableConfig {
  readonly pin: string;
  readonly activeLow: boolean;
  readonly chip?: string | undefined;
  readonly channel?: number | undefined;
}

/** What can be dimmed, and waits. */
interface Dimming {
  readonly lamp: Output;
  readonly sleep: GadgetContext['sleep'];
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

/** Adds `dim` and `pulse` to a light; its other verbs shine fully. */
export function dimmableDevice(device: Device, dimming: Dimming): Device {
  const { lamp } = dimming;
  const full = Object.entries(device.verbs).map(([name, plain]) => {
    const run = async (call: Parameters<typeof plain.run>[0]) => {
      await lamp.dim(1);
      return plain.run(call);
    };
    return [name, name === 'off' ? plain : { ...plain, run }];
  });
  return {
    get state() {
      return device.state;
    },
    verbs: {
      ...Object.fromEntries(full),
      dim: verb({
        about: 'Switches it on, as bright as told',
        value: {
          ...amount('percent', { least: 1, most: 100, unit: '%' }),
          required: true,
        },
        reply: 'gadget.dims',
        async run({ value = 100 }) {
          await lamp.dim(value / 100);
          return lamp.on();
        },
      }),
      pulse: verb({
        about: 'Grows bright and dark again, three times unless told otherwise',
        value: count(1, mostPulses),
        reply: 'gadget.pulses',
        lasts: mostPulses * 2 * steps * step,
        run: ({ value = 3, signal }) => pulse(dimming, value, signal),
      }),
    },
  };
}

async function pulse(
  { lamp, sleep }: Dimming,
  times: number,
  signal: AbortSignal,
): Promise<VerbResult> {
  await lamp.dim(1 / steps);
  const refusal = await lamp.on();
  if (isRefusal(refusal)) return refusal;
  const once = Array.from(
    { length: 2 * steps },
    (_, i) => (steps - Math.abs(steps - i - 1)) / steps,
  );
  const rest = async () => {
    try {
      for (const brightness of Array.from({ length: times }, () => once).flat()) {
        await lamp.dim(brightness);
        await sleep(step, signal);
      }
    } finally {
      await lamp.off();
    }
  };
  return { rest: rest(), lasts: times * once.length * step };
}
