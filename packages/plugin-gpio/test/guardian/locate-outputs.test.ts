import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { configuredOutputs } from '../../src/guardian/configured-outputs.js';
import { locateOutputs } from '../../src/guardian/locate-outputs.js';

let sysClass: string;

beforeEach(async () => {
  sysClass = await mkdtemp(join(tmpdir(), 'pertybot-sys-'));
});

afterEach(() => rm(sysClass, { recursive: true, maxRetries: 9 }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(sysClass, name)), { recursive: true });
    await writeFile(join(sysClass, name), text);
  }
}

function locate(gadgets: object, chip: string | undefined = '/dev/gpiochip4') {
  const outputs = configuredOutputs([
    { id: 'gpio', use: 'gpio', enabled: true, config: { gadgets } },
  ]);
  return locateOutputs(outputs, { sysClass, findChip: async () => chip });
}

const header = { 'gpio/gpiochip569/label': 'pinctrl-rp1\n', 'gpio/gpiochip569/base': '569\n' };
const fan = { type: 'relay', pin: 17, activeLow: true };
const arm = { type: 'servo', pin: 18 };

describe('the place of a configured output', () => {
  it('is a line of the character device', async () => {
    expect(await locate({ fan })).toEqual({
      pins: [{ driver: 'chardev', chip: '/dev/gpiochip4', offset: 17, safe: 1 }],
      unknown: [],
    });
  });

  it('is its file where sysfs has it as an output, and nothing where as an input', async () => {
    await write({ ...header, 'gpio/gpio586/direction': 'out\n', 'gpio/gpio572/direction': 'in\n' });
    expect((await locate({ fan, lamp: { type: 'light', pin: 3 } })).pins).toEqual([
      { driver: 'onoff', valueFile: join(sysClass, 'gpio/gpio586/value'), offset: 17, safe: 1 },
    ]);
  });

  it('is its file also where there is no character device, and nothing where it is not exported', async () => {
    await write({ ...header, 'gpio/gpio586/direction': 'out\n' });
    const outputs = configuredOutputs([
      {
        id: 'gpio',
        use: 'gpio',
        enabled: true,
        config: { gadgets: { fan, lamp: { type: 'light', pin: 3 } } },
      },
    ]);
    const { pins } = await locateOutputs(outputs, { sysClass, findChip: async () => undefined });
    expect(pins).toMatchObject([{ driver: 'onoff', offset: 17 }]);
  });

  it('is the channel of a servo while it is exported', async () => {
    await write({ 'devices/1f00098000.pwm/npwm': '4\n', 'pwm/pwmchip0/npwm': '4\n' });
    await symlink('../../devices/1f00098000.pwm', join(sysClass, 'pwm/pwmchip0/device'));
    expect((await locate({ arm })).pins).toEqual([]);
    await write({ 'pwm/pwmchip0/pwm2/enable': '1\n' });
    expect((await locate({ arm })).pins).toEqual([
      { driver: 'pwm', valueFile: join(sysClass, 'pwm/pwmchip0/pwm2/enable'), offset: 18, safe: 0 },
    ]);
  });

  it('is the LED unless the kernel has it', async () => {
    const gadgets = { act: { type: 'onboard-led' } };
    await write({ 'leds/ACT/trigger': 'none [mmc0]\n' });
    expect((await locate(gadgets)).pins).toEqual([]);
    await write({ 'leds/ACT/trigger': '[none] mmc0\n' });
    expect((await locate(gadgets)).pins).toMatchObject([{ driver: 'led', offset: -1, safe: 0 }]);
  });

  it('is not known for what no pin or no level can be read of', async () => {
    const { pins, unknown } = await locate({
      a: { type: 'light', pin: 'nowhere' },
      b: { type: 'cannon', at: 'GPIO4' },
    });
    expect(pins).toEqual([]);
    expect(unknown.map(({ name }) => name)).toEqual(['nowhere', 'GPIO4']);
  });

  it('is not known where the kernel does not tell of its chip', async () => {
    await write({ 'pwm/pwmchip0/npwm': '4\n' });
    const { pins, unknown } = await locate({ arm, fan });
    expect(pins).toMatchObject([{ offset: 17 }]);
    expect(unknown).toMatchObject([{ by: 'arm' }]);
  });

  it('is nowhere on a machine without a header', async () => {
    const outputs = configuredOutputs([
      { id: 'gpio', use: 'gpio', enabled: true, config: { gadgets: { fan, arm } } },
    ]);
    expect(await locateOutputs(outputs, { sysClass, findChip: async () => undefined })).toEqual({
      pins: [],
      unknown: [],
    });
  });
});
