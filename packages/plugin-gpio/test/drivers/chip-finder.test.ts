import { closeSync, fstatSync, readFileSync } from 'node:fs';
import { link, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { constants as os, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ChardevDriver } from '../../src/drivers/chardev-driver.js';
import { openHeaderChip } from '../../src/drivers/chip-finder.js';
import { gpioIoctl } from '../../src/drivers/gpio-uapi.js';
import type { SystemCalls } from '../../src/drivers/system-calls.js';

/** Chips are files that hold their label; a kernel without version 2 knows only their labels. */
const asked: string[] = [];
const calls: SystemCalls = {
  ioctl(fd, request, argument) {
    if (request !== gpioIoctl.chipInfo) return os.errno.EINVAL;
    const label = readFileSync(`/proc/self/fd/${fd}`, 'utf8');
    asked.push(label);
    if (label === 'broken') return os.errno.ENODEV;
    argument.write('gpiochip', 0);
    argument.write(label, 32);
    return 0;
  },
  poll: async () => 0,
  eventfd: () => -1,
};

describe("the header's chip", () => {
  let dev: string;
  const addChip = (name: string, label: string) => writeFile(join(dev, name), label);

  beforeEach(async () => {
    asked.length = 0;
    dev = await mkdtemp(join(tmpdir(), 'pertybot-'));
  });

  it('is found by its label, not by its number', async () => {
    await addChip('gpiochip0', 'gpio-brcmstb@107d508500');
    await addChip('gpiochip4', 'pinctrl-rp1');
    await addChip('gpiochip10', 'raspberrypi-exp-gpio');
    const chip = await openHeaderChip(calls, dev);
    expect(chip).toMatchObject({ path: join(dev, 'gpiochip4'), info: { label: 'pinctrl-rp1' } });
    expect(fstatSync(chip.fd).isFile()).toBe(true);
    closeSync(chip.fd);
  });

  it('is asked once, though it has two names', async () => {
    await addChip('gpiochip0', 'gpio-other');
    await symlink('gpiochip0', join(dev, 'gpiochip3'));
    await link(join(dev, 'gpiochip0'), join(dev, 'gpiochip4'));
    await expect(openHeaderChip(calls, dev)).rejects.toMatchObject({ code: 'GPIO_NO_CHIP' });
    expect(asked).toEqual(['gpio-other']);
  });

  it('is named as missing, with what is there instead', async () => {
    await addChip('gpiochip0', 'pinctrl-amd');
    await expect(openHeaderChip(calls, dev)).rejects.toMatchObject({
      code: 'GPIO_NO_CHIP',
      message: expect.stringContaining('(pinctrl-amd)'),
    });
    await expect(openHeaderChip(calls, tmpdir())).rejects.toMatchObject({
      message: expect.stringContaining('no GPIO chip'),
    });
  });

  it('may be one that says nothing', async () => {
    await addChip('gpiochip0', 'broken');
    await expect(openHeaderChip(calls, dev)).rejects.toMatchObject({
      message: expect.stringContaining('gpiochip0 (ENODEV)'),
    });
  });

  it('needs a kernel that knows version 2 of the interface', async () => {
    await addChip('gpiochip0', 'pinctrl-bcm2835');
    await expect(ChardevDriver.open({ calls, devFolder: dev })).rejects.toMatchObject({
      code: 'GPIO_UNSUPPORTED',
      hint: expect.stringContaining('5.10'),
    });
  });
});
