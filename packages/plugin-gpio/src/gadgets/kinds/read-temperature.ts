import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { GpioError } from '../../gpio-error.js';

/** What measures. */
export type TemperatureSource = 'cpu' | 'ds18b20';

/** Longest text of a reading, bytes. */
const longest = 64;

/**
 * What a sensor can measure, in thousandths of a degree. DS18B20: data sheet, "Measures Temperatures from -55°C to
 * +125°C"; a chip throttles long before 125 °C.
 */
const range = { lowest: -55_000, highest: 125_000 };

/**
 * What a DS18B20 holds until its first conversion: data sheet, "The power-on reset value of the temperature register is
 * +85°C". The kernel passes it on, unless its check is switched on (w1_therm, `features`). Its next values are 84.9375
 * and 85.0625, so that a true 85.0000 is rare.
 */
const powerOnValue = 85_000;

/**
 * Reads a temperature from a file of the kernel. What no such sensor can have measured is no reading: whatever depends
 * on one gets none.
 * @returns degrees Celsius
 * @throws GpioError GPIO_DRIVER_FAILED without a believable reading, or Node's error
 */
export async function readTemperature(file: string, source: TemperatureSource): Promise<number> {
  const text = await readStart(file);
  const value = /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value))
    throw noReading('it has no reading.', 'Look at the wiring of the sensor.');
  const told = `it tells ${value / 1_000} °C, which it cannot have measured.`;
  if (value < range.lowest || value > range.highest) {
    throw noReading(told, 'Look at the wiring of the sensor, and at the file that is read.');
  }
  if (value === powerOnValue && (source === 'ds18b20' || is1Wire(file))) {
    throw noReading(
      'it tells 85 °C, its value at power-on: it has measured nothing.',
      'Look at its supply of 3.3 V and at the resistor.',
    );
  }
  return value / 1_000;
}

/** Without waiting for a file that never gives anything, such as a pipe, and without reading an endless one. */
async function readStart(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longest), 0, longest);
    return buffer.toString('latin1', 0, bytesRead).trim();
  } finally {
    await handle.close();
  }
}

/** Whether a file that the owner named belongs to a DS18B20, whose family is 28. */
function is1Wire(file: string): boolean {
  return /\/28-[0-9a-f]{12}\//.test(file);
}

function noReading(message: string, hint: string): GpioError {
  return new GpioError('GPIO_DRIVER_FAILED', message, { hint });
}
