import type { GpioDriver, Level, OutputLine } from '../drivers/gpio-driver.js';
import { type Pin, parsePin } from '../pin-name.js';
import { findPwmChannel, notRouted, requirePwmPin } from '../pwm/pwm-channel.js';
import { SimulatedPwmLine, toPeriod } from '../pwm/pwm-line.js';
import { SysfsPwmLine } from '../pwm/sysfs-pwm-line.js';
import { claimOnboardLed } from './onboard-led.js';
import { reservedFunction } from './reserved-pins.js';

/** Name of the Raspberry Pi's own LED, where a pin may be named. */
export const onboardLedName = 'ACT';

/** Something that can be on or off: a pin of the header, or the LED on the board. */
export interface OutputPlace {
  /** `GPIO17` or `ACT`. */
  readonly name: string;
  /** Number of the pin on the header, where it is one. */
  readonly board?: number;
  /** What else it may be in use for. */
  readonly reserved?: string | undefined;
  /** @throws GpioError when it cannot be claimed */
  claim(initial: Level): Promise<OutputLine>;
}

/**
 * Finds what an output is claimed on.
 * @throws GpioError GPIO_PIN_INVALID
 */
export function outputPlace(text: string | number, driver: GpioDriver): OutputPlace {
  if (String(text).trim().toUpperCase() === onboardLedName) {
    const claim = async (initial: Level) =>
      watched(await claimOnboardLed(driver.name, initial), driver, initial);
    return { name: onboardLedName, claim };
  }
  const pin = parsePin(text);
  return { ...placeOf(pin), claim: (initial) => driver.claimOutput(pin.gpio, initial) };
}

/** How a channel of the hardware PWM is claimed. */
export interface PwmPlaceOptions {
  /** Turns a second. */
  readonly frequency: number;
  readonly chip?: string | undefined;
  readonly channel?: number | undefined;
  /** Whether it is refused where the kernel does not say that the pin gets the channel's pulses. */
  readonly onlyIfRouted?: boolean | undefined;
}

/**
 * Finds what a PWM output is claimed on.
 * @throws GpioError GPIO_PIN_INVALID
 */
export function pwmPlace(
  text: string | number,
  driver: GpioDriver,
  { frequency, chip, channel, onlyIfRouted = false }: PwmPlaceOptions,
): OutputPlace {
  const pin = parsePin(text);
  const period = toPeriod(frequency);
  return {
    ...placeOf(pin),
    async claim(initial) {
      if (driver.name === 'simulated') {
        requirePwmPin(pin, channel);
        if (onlyIfRouted) throw notRouted(pin, []);
        return new SimulatedPwmLine(await driver.claimOutput(pin.gpio, initial), frequency);
      }
      const found = await findPwmChannel(pin, { device: chip, channel, onlyIfRouted });
      return watched(await SysfsPwmLine.claim(found, period, pin.gpio), driver, initial);
    },
  };
}

/** Lets the guardian of the driver's outputs look after this one, too. */
async function watched(line: OutputLine, driver: GpioDriver, safe: Level): Promise<OutputLine> {
  try {
    return (await driver.watch?.(line, safe)) ?? line;
  } catch (error) {
    line.release(safe);
    throw error;
  }
}

/** What a pin is called, and what else it may be for. */
export function placeOf({ name, board, gpio }: Pin): Omit<OutputPlace, 'claim'> {
  return { name, board, reserved: reservedFunction(gpio) };
}
