import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { isRaspberryPi } from '../../src/drivers/find-driver.js';
import { findSysfsHeader } from '../../src/drivers/sysfs-base.js';

/** A folder such as /sys/class/gpio, with chips given as base and label. */
async function sysfs(chips: readonly (readonly [number, string])[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pertybot-'));
  await writeFile(join(folder, 'export'), '');
  for (const [base, label] of chips) {
    const chip = join(folder, `gpiochip${base}`);
    await mkdir(chip);
    await writeFile(join(chip, 'base'), `${base}\n`);
    await writeFile(join(chip, 'label'), `${label}\n`);
  }
  return folder;
}

it.each([
  ['Pi 5', 569, 'pinctrl-rp1'],
  ['Pi 4', 512, 'pinctrl-bcm2711'],
  ['Pi 3 before Linux 6.6', 0, 'pinctrl-bcm2835'],
])('finds the header of a %s among other chips', async (_, base, label) => {
  const folder = await sysfs([
    [600, 'raspberrypi-exp-gpio'],
    [base, label],
    [700, 'gpio-brcmstb@107d508500'],
  ]);
  expect(await findSysfsHeader(folder)).toEqual({ base, label });
  expect(await isRaspberryPi('/absent', folder)).toBe(true);
});

it('names the chips that it found where none has the header', async () => {
  const folder = await sysfs([[512, 'pinctrl-amd']]);
  await expect(findSysfsHeader(folder)).rejects.toMatchObject({
    code: 'GPIO_NO_CHIP',
    message: expect.stringContaining('only "pinctrl-amd"'),
  });
});

it('says so when the kernel has no GPIO files', async () => {
  await expect(findSysfsHeader('/absent')).rejects.toMatchObject({
    code: 'GPIO_NO_CHIP',
    hint: expect.stringContaining('driver: chardev'),
  });
});
