import path from 'node:path';
import type { GpioDriver, Level, OutputLine } from '../../drivers/gpio-driver.js';
import type { OwnLines } from '../../drivers/own-lines.js';
import { type Pin, parsePin } from '../../pin-name.js';
import { findPwmChannel, notRouted, requirePwmPin } from '../../pwm/pwm-channel.js';
import { SimulatedPwmLine, toPeriod } from '../../pwm/pwm-line.js';
import { SysfsPwmLine } from '../../pwm/sysfs-pwm-line.js';
import { claimOnboardLed } from './onboard-led.js';
import { reservedFunction } from './reserved-pins.js';

/** Name of the Raspberry Pi's own LED, where a pin may be named. */
export const onboardLedName = 'ACT';

/** Takes what belongs to a place beside its pin, for its owner alone. @throws GpioError GPIO_PIN_BUSY */
export type Reserve = (name: string) => void;

/** Something that can be on or off: a pin of the header, or the LED on the board. */
export interface OutputPlace {
  /** `GPIO17` or `ACT`. */
  readonly name: string;
  /** Number of the pin on the header, where it is one. */
  readonly board?: number;
  /** What else it may be in use for. */
  readonly reserved?: string | undefined;
  /** @throws GpioError when it cannot be claimed */
  claim(initial: Level, reserve: Reserve): Promise<OutputLine>;
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
  /** Channels that a bot before this one has left. */
  readonly ownLines: OwnLines;
}

/**
 * Finds what a PWM output is claimed on.
 * @throws GpioError GPIO_PIN_INVALID
 */
export function pwmPlace(
  text: string | number,
  driver: GpioDriver,
  { frequency, chip, channel, onlyIfRouted = false, ownLines }: PwmPlaceOptions,
): OutputPlace {
  const pin = parsePin(text);
  const period = toPeriod(frequency);
  return {
    ...placeOf(pin),
    async claim(initial, reserve) {
      if (driver.name === 'simulated') {
        requirePwmPin(pin, channel);
        if (channel !== undefined) reserve(channelName(chip ?? 'pwmchip', channel));
        if (onlyIfRouted) throw notRouted(pin, []);
        return new SimulatedPwmLine(await driver.claimOutput(pin.gpio, initial), frequency);
      }
      const found = await findPwmChannel(pin, { device: chip, channel, onlyIfRouted });
      reserve(channelName(path.basename(found.chip), found.channel));
      const line = await SysfsPwmLine.claim(found, { period, offset: pin.gpio, ownLines });
      return watched(line, driver, initial);
    },
  };
}

function channelName(chip: string, channel: number): string {
  return `${chip}/pwm${channel}`;
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

/** What the guard calls a pin, or the LED on the board. @throws GpioError GPIO_PIN_INVALID */
export function placeName(written: string): string {
  return written === onboardLedName ? written : parsePin(written).name;
}
