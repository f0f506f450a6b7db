import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { GpioError } from '../gpio-error.js';
import type { Pin } from '../pin-name.js';

/** Where Linux shows PWM chips. Source: kernel documentation, "Pulse Width Modulation interface". */
const pwmFolder = '/sys/class/pwm';

/** Where Linux shows GPIO chips. */
const defaultGpioFolder = '/sys/bus/gpio/devices';

/** A channel of a PWM chip. */
export interface PwmChannel {
  /** Folder of the chip, such as `/sys/class/pwm/pwmchip0`. */
  readonly chip: string;
  readonly channel: number;
}

/** Which channel is wanted. */
export interface PwmChannelOptions {
  /** Name of the chip's device, for another chip than the Raspberry Pi's own. */
  readonly device?: string | undefined;
  /** Channel of that chip. @default the one of the pin */
  readonly channel?: number | undefined;
  /**
   * Whether the pin is refused where the kernel does not say which pins get the chip's pulses.
   * @default false
   */
  readonly onlyIfRouted?: boolean | undefined;
  readonly folder?: string;
  /** Where Linux shows GPIO chips. */
  readonly gpioFolder?: string;
}

/** The header's own chip: `fe20c000.pwm` on a Pi 4, `1f00098000.pwm` on a Pi 5. */
const ownDevice = /^[0-9a-f]+\.pwm$/;

/**
 * Channels of the pins by the number of channels that the chip has: 2 up to the Pi 4, 4 on the Pi 5.
 * Source: datasheets of the BCM2835, BCM2711 and RP1, alternative functions of GPIO12, 13, 18, 19.
 */
const channels: Readonly<Record<number, readonly [number, number]>> = {
  12: [0, 0],
  13: [1, 1],
  18: [0, 2],
  19: [1, 3],
};

/**
 * Finds the channel of a pin, by the chip's device and not by its number, which changes from kernel
 * to kernel.
 * @throws GpioError GPIO_UNSUPPORTED, saying what is missing
 */
export async function findPwmChannel(
  pin: Pin,
  { device, channel, onlyIfRouted = false, folder = pwmFolder, gpioFolder }: PwmChannelOptions = {},
): Promise<PwmChannel> {
  const pair = requirePwmPin(pin, channel);
  const chips = await readdir(folder).catch(() => []);
  for (const name of chips.sort()) {
    const chip = path.join(folder, name);
    const own = path.basename(await realpath(path.join(chip, 'device')));
    if (device === undefined ? !ownDevice.test(own) : own !== device) continue;
    if (device === undefined) {
      const routed = await readRoutedPins(chip, gpioFolder);
      if (routed ? !routed.includes(pin.gpio) : onlyIfRouted) throw notRouted(pin, routed ?? []);
    }
    const count = Number(await readFile(path.join(chip, 'npwm'), 'utf8'));
    return { chip, channel: channel ?? pair[count >= 4 ? 1 : 0] };
  }
  const what = device === undefined ? 'hardware PWM is not switched on' : `there is no "${device}"`;
  throw new GpioError('GPIO_UNSUPPORTED', `Pin "${pin.name}" cannot pulse: ${what}.`, {
    hint: 'Add "dtoverlay=pwm-2chan" to /boot/firmware/config.txt and start the Raspberry Pi again.',
  });
}

/** The error for a pin that gets no pulses. @param routed pins that get them, BCM numbers */
export function notRouted(pin: Pin, routed: readonly number[]): GpioError {
  const others = routed.map((gpio) => `GPIO${gpio}`).join(' and ') || 'no pin';
  const message = `Pin "${pin.name}" gets no pulses: hardware PWM goes to ${others}.`;
  return new GpioError('GPIO_UNSUPPORTED', message, {
    hint: 'Use another pin, or another overlay in /boot/firmware/config.txt: see docs/raspberry-pi.md.',
  });
}

/**
 * The pin's channel on a chip of two, and on one of four.
 * @param channel of another chip, whatever the pin
 * @throws GpioError GPIO_UNSUPPORTED for a pin without hardware PWM
 */
export function requirePwmPin(pin: Pin, channel?: number): readonly [number, number] {
  const pair = channels[pin.gpio] ?? (channel === undefined ? undefined : [channel, channel]);
  if (pair) return pair;
  throw new GpioError('GPIO_UNSUPPORTED', `Pin "${pin.name}" has no hardware PWM.`, {
    hint: 'Use GPIO12, GPIO13, GPIO18 or GPIO19.',
  });
}

/**
 * The pins to which an overlay leads the pulses of a PWM chip, from the device tree: the chip names a
 * group of pins, which is a node below that of the GPIO chip. Source: the kernel's bindings
 * `pinctrl/brcm,bcm2835-gpio.txt` and `pinctrl/raspberrypi,rp1-gpio.yaml`.
 * @param chip folder of the chip, such as `/sys/class/pwm/pwmchip0`
 * @returns BCM numbers; undefined where the device tree does not say
 */
async function readRoutedPins(
  chip: string,
  gpioFolder: string = defaultGpioFolder,
): Promise<readonly number[] | undefined> {
  const wanted = await read(path.join(chip, 'device/of_node/pinctrl-0'));
  if (wanted === undefined) return undefined;
  for (const gpioChip of await list(gpioFolder)) {
    const controller = path.join(gpioFolder, gpioChip, 'of_node');
    for (const name of await list(controller)) {
      const group = path.join(controller, name);
      const handle = await read(path.join(group, 'phandle'));
      if (handle?.equals(wanted)) return pinsOf(group);
    }
  }
  return undefined;
}

async function pinsOf(group: string): Promise<readonly number[] | undefined> {
  const numbers = await read(path.join(group, 'brcm,pins'));
  if (numbers) {
    return Array.from({ length: numbers.length / 4 }, (_, index) =>
      numbers.readUInt32BE(4 * index),
    );
  }
  const names = await read(path.join(group, 'pins'));
  return names
    ?.toString('latin1')
    .split('\0')
    .flatMap((name) => /^gpio(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number);
}

async function read(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch(() => undefined);
}

async function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
