import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, refuse, sleep, v } from '@pertybot/core';
import { GpioError } from '../../gpio-error.js';
import { defineGadget } from '../gadget-kind.js';
import { verb } from '../verbs/verb.js';
import { readTemperature, type TemperatureSource } from './read-temperature.js';

/** The chip's own sensor. Source: kernel documentation, "Generic Thermal Sysfs driver". */
const cpuFile = '/sys/class/thermal/thermal_zone0/temp';

/** Where the 1-wire bus shows its sensors. Source: kernel documentation, "w1_therm". */
const oneWireFolder = '/sys/bus/w1/devices';

/** How long a sensor may take: a DS18B20 measures in 750 ms. Milliseconds. */
const readLimit = 5_000;

/** A temperature for chat: the CPU's, or that of a DS18B20 on the 1-wire bus. */
export const thermometer = defineGadget({
  type: 'thermometer',
  about: 'A temperature for chat: of the CPU, or of a DS18B20',
  entries: {
    source: v.optional(v.picklist(['cpu', 'ds18b20']), 'cpu'),
    /** File with the temperature in thousandths of a degree, instead of the source's own. */
    file: v.optional(v.string()),
    unit: v.optional(v.picklist(['C', 'F']), 'C'),
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
              const text = `${name} cannot be read: ${messageOf(error)}`;
              return refuse('gadget.reading', { text });
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
