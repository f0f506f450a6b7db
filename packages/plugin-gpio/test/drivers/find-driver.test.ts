import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  createDriver,
  type DriverSearch,
  isRaspberryPi,
  openDriver,
} from '../../src/drivers/find-driver.js';
import type { DriverName } from '../../src/drivers/gpio-driver.js';
import { SimulatedBoard } from '../../src/drivers/simulated-board.js';
import { SimulatedDriver } from '../../src/drivers/simulated-driver.js';
import { GpioError } from '../../src/gpio-error.js';

/** A computer on which only some drivers work. */
function computer(works: readonly DriverName[], pi: boolean) {
  const tried: DriverName[] = [];
  const search: DriverSearch = {
    isRaspberryPi: async () => pi,
    create: async (name) => {
      tried.push(name);
      if (works.includes(name)) return new SimulatedDriver(new SimulatedBoard(), name);
      throw new GpioError('GPIO_NO_ACCESS', `No ${name} here.`, { hint: `Mend ${name}.` });
    },
  };
  return { tried, open: (choice: 'auto' | DriverName) => openDriver(choice, {}, search) };
}

describe('driver: auto', () => {
  it('takes the character device where it works', async () => {
    const { open, tried } = computer(['chardev', 'onoff', 'simulated'], true);
    await open('auto');
    expect(tried).toEqual(['chardev']);
  });

  it('takes onoff where the character device does not work', async () => {
    const { open, tried } = computer(['onoff', 'simulated'], true);
    await open('auto');
    expect(tried).toEqual(['chardev', 'onoff']);
  });

  it('simulates off a Raspberry Pi', async () => {
    const { open, tried } = computer(['simulated'], false);
    await open('auto');
    expect(tried).toEqual(['chardev', 'onoff', 'simulated']);
  });

  it('never simulates on a Raspberry Pi, but says why each driver failed', async () => {
    const { open, tried } = computer(['simulated'], true);
    await expect(open('auto')).rejects.toMatchObject({
      code: 'GPIO_DRIVER_FAILED',
      message:
        'No GPIO driver works on this Raspberry Pi. chardev: No chardev here. onoff: No onoff here.',
      hint: 'Mend chardev.',
    });
    expect(tried).toEqual(['chardev', 'onoff']);
  });
});

it('takes no other driver than the one that the owner named', async () => {
  const { open, tried } = computer(['chardev', 'simulated'], false);
  await expect(open('onoff')).rejects.toMatchObject({ message: 'No onoff here.' });
  expect(tried).toEqual(['onoff']);
});

it('drives the board that it is given', async () => {
  const board = new SimulatedBoard();
  const driver = await createDriver('simulated', { board, consumer: 'demo' });
  await driver.claimOutput(17, 1);
  expect([board.level(17), board.holder(17)]).toEqual([1, 'demo']);
});

describe('a Raspberry Pi', () => {
  it('is known by its device tree', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pertybot-'));
    const model = join(folder, 'model');
    await writeFile(model, 'Raspberry Pi Zero 2 W Rev 1.0\0');
    expect(await isRaspberryPi(model, folder)).toBe(true);
    await writeFile(model, 'Radxa ROCK 5B\0');
    expect(await isRaspberryPi(model, folder)).toBe(false);
    expect(await isRaspberryPi(join(folder, 'absent'), folder)).toBe(false);
  });
});
