import type { GpioDriver, Level, OutputLine } from '../drivers/gpio-driver.js';
import { type Pin, parsePin } from '../pin-name.js';
import { findPwmChannel, requirePwmPin } from '../pwm/pwm-channel.js';
import { SimulatedPwmLine } from '../pwm/pwm-line.js';
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
    return { name: onboardLedName, claim: (initial) => claimOnboardLed(driver.name, initial) };
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
}

/**
 * Finds what a PWM output is claimed on.
 * @throws GpioError GPIO_PIN_INVALID
 */
export function pwmPlace(
  text: string | number,
  driver: GpioDriver,
  { frequency, chip, channel }: PwmPlaceOptions,
): OutputPlace {
  const pin = parsePin(text);
  const period = Math.round(1e9 / frequency);
  return {
    ...placeOf(pin),
    async claim(initial) {
      if (driver.name === 'simulated') {
        requirePwmPin(pin, channel);
        return new SimulatedPwmLine(await driver.claimOutput(pin.gpio, initial));
      }
      return SysfsPwmLine.claim(await findPwmChannel(pin, { device: chip, channel }), period);
    },
  };
}

/** What a pin is called, and what else it may be for. */
export function placeOf({ name, board, gpio }: Pin): Omit<OutputPlace, 'claim'> {
  return { name, board, reserved: reservedFunction(gpio) };
}
