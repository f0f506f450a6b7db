import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, sleep, v } from '@pertybot/core';
import { described } from '../../described.js';
import { GpioError } from '../../gpio-error.js';
import { refuseWith } from '../../refuse-with.js';
import { defineGadget } from '../gadget-kind.js';
import { verb } from '../verbs/verb.js';

/** The chip's own sensor. Source: kernel documentation, "Generic Thermal Sysfs driver". */
const cpuFile = '/sys/class/thermal/thermal_zone0/temp';

/** Where the 1-wire bus shows its sensors. Source: kernel documentation, "w1_therm". */
const oneWireFolder = '/sys/bus/w1/devices';

/** How long a sensor may take: a DS18B20 measures in 750 ms. Milliseconds. */
const readLimit = 5_000;

/** What measures. */
type TemperatureSource = 'cpu' | 'ds18b20';

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

/** A temperature for chat: the CPU's, or that of a DS18B20 on the 1-wire bus. */
export const thermometer = defineGadget({
  type: 'thermometer',
  about: 'A temperature for chat: of the CPU, or of a DS18B20',
  entries: {
    source: described(
      v.optional(v.picklist(['cpu', 'ds18b20']), 'cpu'),
      'What measures: the computer itself, or a DS18B20.',
    ),
    file: described(
      v.optional(v.string()),
      "File with the temperature in thousandths of a degree, instead of the source's own.",
    ),
    unit: described(v.optional(v.picklist(['C', 'F']), 'C'), 'Celsius or Fahrenheit.'),
  },
  switches: () => [],
  async create({ name, clock, signal }, { source, file, unit }) {
    let state = 'unknown';
    // One at a time: a sensor that hangs holds one thread of the process, not all of them.
    let reading: Promise<number> | undefined;
    const read = () => {
      reading ??= readFrom(source, file).finally(() => {
        reading = undefined;
      });
      const given = new AbortController();
      const time = sleep(clock, readLimit, AbortSignal.any([signal, given.signal]));
      return Promise.race([reading, tooLate(time)]).finally(() => given.abort());
    };
    return {
      get state() {
        return state;
      },
      direct: 'read',
      verbs: {
        read: verb({
          about: 'Says the temperature',
          async run() {
            try {
              state = show(await read(), unit);
              return undefined;
            } catch (error) {
              state = 'unknown';
              return refuseWith('gadget.reading', { gadget: name, why: messageOf(error) });
            }
          },
        }),
      },
    };
  },
});

async function readFrom(source: TemperatureSource, file: string | undefined): Promise<number> {
  return readTemperature(file ?? (await fileOf(source)), source);
}

async function tooLate(time: Promise<void>): Promise<never> {
  await time;
  throw new GpioError('GPIO_DRIVER_FAILED', 'it does not answer.', {
    hint: 'Look at the wiring of the sensor.',
  });
}

async function fileOf(source: TemperatureSource): Promise<string> {
  if (source === 'cpu') return cpuFile;
  const devices = await readdir(oneWireFolder).catch(() => []);
  // 28 is the family of the DS18B20.
  const sensor = devices.find((device) => device.startsWith('28-'));
  if (sensor === undefined) {
    throw new GpioError('GPIO_UNSUPPORTED', 'there is no DS18B20.', {
      hint: 'Add "dtoverlay=w1-gpio" to /boot/firmware/config.txt and look at the wiring.',
    });
  }
  return path.join(oneWireFolder, sensor, 'temperature');
}

function show(celsius: number, unit: 'C' | 'F'): string {
  const degrees = unit === 'C' ? celsius : celsius * 1.8 + 32;
  return `${degrees.toFixed(1)} °${unit}`;
}

/**
 * Reads a temperature from a file of the kernel. What no such sensor can have measured is no reading: whatever depends
 * on one gets none.
 * @returns degrees Celsius
 * @throws GpioError GPIO_DRIVER_FAILED without a believable reading, or Node's error
 */
async function readTemperature(file: string, source: TemperatureSource): Promise<number> {
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
