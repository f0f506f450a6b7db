import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where Linux shows GPIO chips. */
const defaultGpioFolder = '/sys/bus/gpio/devices';

/**
 * The pins to which an overlay leads the pulses of a PWM chip, from the device tree: the chip names a
 * group of pins, which is a node below that of the GPIO chip. Source: the kernel's bindings
 * `pinctrl/brcm,bcm2835-gpio.txt` and `pinctrl/raspberrypi,rp1-gpio.yaml`.
 * @param chip folder of the chip, such as `/sys/class/pwm/pwmchip0`
 * @returns BCM numbers; undefined where the device tree does not say
 */
export async function readRoutedPins(
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
