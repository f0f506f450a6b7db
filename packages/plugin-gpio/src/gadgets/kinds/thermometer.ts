import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, refuse, v } from '@pertybot/core';
import { GpioError } from '../../gpio-error.js';
import { defineGadget } from '../gadget-kind.js';
import { verb } from '../verb.js';

/** The chip's own sensor. Source: kernel documentation, "Generic Thermal Sysfs driver". */
const cpuFile = '/sys/class/thermal/thermal_zone0/temp';

/** Where the 1-wire bus shows its sensors. Source: kernel documentation, "w1_therm". */
const oneWireFolder = '/sys/bus/w1/devices';

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
  async create({ name }, { source, file, unit }) {
    let state = 'unknown';
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
              state = show(await readCelsius(file ?? (await fileOf(source))), unit);
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

async function fileOf(source: 'cpu' | 'ds18b20'): Promise<string> {
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

async function readCelsius(file: string): Promise<number> {
  const thousandths = Number((await readFile(file, 'utf8')).trim() || Number.NaN);
  if (Number.isNaN(thousandths)) {
    throw new GpioError('GPIO_DRIVER_FAILED', 'it has no reading.', {
      hint: 'Look at the wiring of the sensor.',
    });
  }
  return thousandths / 1_000;
}

function show(celsius: number, unit: 'C' | 'F'): string {
  const degrees = unit === 'C' ? celsius : celsius * 1.8 + 32;
  return `${degrees.toFixed(1)} °${unit}`;
}
