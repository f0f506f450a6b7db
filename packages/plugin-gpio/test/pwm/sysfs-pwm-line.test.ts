import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OwnLines } from '../../src/drivers/own-lines.js';
import { parsePin } from '../../src/pin-name.js';
import { findPwmChannel } from '../../src/pwm/pwm-channel.js';
import { SysfsPwmLine } from '../../src/pwm/sysfs-pwm-line.js';

/** Files like the kernel's; what the kernel does with them is tested on a real one. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pwm-'));
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 9 }));

function addChip(name: string, { device, npwm }: { device: string; npwm: number }): string {
  const chip = path.join(folder, 'class', name);
  mkdirSync(chip, { recursive: true });
  mkdirSync(path.join(folder, device), { recursive: true });
  symlinkSync(path.join(folder, device), path.join(chip, 'device'));
  for (const file of ['export', 'unexport']) writeFileSync(path.join(chip, file), '');
  writeFileSync(path.join(chip, 'npwm'), `${npwm}\n`);
  return chip;
}

const find = (
  pin: string,
  options: { device?: string; channel?: number; onlyIfRouted?: boolean } = {},
) =>
  findPwmChannel(parsePin(pin), {
    ...options,
    folder: path.join(folder, 'class'),
    gpioFolder: path.join(folder, 'gpio'),
  });

/** Has the device tree lead the pulses of a device to a group of pins. */
function route(device: string, pins: { readonly [file: string]: Buffer }): void {
  const phandle = Buffer.from([0, 0, 0, 0x63]);
  const groups = path.join(folder, 'gpio/gpiochip0/of_node');
  for (const group of ['i2c_pins', 'pwm_pins']) {
    mkdirSync(path.join(groups, group), { recursive: true });
    writeFileSync(path.join(groups, group, 'phandle'), Buffer.from([0, 0, 0, 1]));
  }
  writeFileSync(path.join(groups, 'pwm_pins/phandle'), phandle);
  for (const [file, content] of Object.entries(pins)) {
    writeFileSync(path.join(groups, 'pwm_pins', file), content);
  }
  mkdirSync(path.join(folder, device, 'of_node'), { recursive: true });
  writeFileSync(path.join(folder, device, 'of_node/pinctrl-0'), phandle);
}

describe('findPwmChannel', () => {
  it('finds the chip of the header by its device, whatever its number', async () => {
    addChip('pwmchip0', { device: '1f00098000.fan-pwm', npwm: 4 });
    const chip = addChip('pwmchip2', { device: '1f00098000.pwm', npwm: 4 });
    expect(await find('GPIO18')).toEqual({ chip, channel: 2 });
    expect(await find('GPIO12')).toEqual({ chip, channel: 0 });
  });

  it('knows the channels of older models', async () => {
    const chip = addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    expect(await find('GPIO18')).toEqual({ chip, channel: 0 });
    expect(await find('GPIO19')).toEqual({ chip, channel: 1 });
  });

  it('takes another chip when the owner names it', async () => {
    addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    const chip = addChip('pwmchip1', { device: '1-0040', npwm: 17 });
    expect(await find('GPIO17', { device: '1-0040', channel: 5 })).toEqual({ chip, channel: 5 });
  });

  it('says what to do when PWM is not switched on', async () => {
    await expect(find('GPIO18')).rejects.toMatchObject({
      code: 'GPIO_UNSUPPORTED',
      message: 'Pin "GPIO18" cannot pulse: hardware PWM is not switched on.',
      hint: expect.stringContaining('dtoverlay=pwm-2chan'),
    });
  });

  it('refuses a pin whose channel goes to another one', async () => {
    const chip = addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    route('fe20c000.pwm', { 'brcm,pins': Buffer.from([0, 0, 0, 18, 0, 0, 0, 19]) });
    expect(await find('GPIO18', { onlyIfRouted: true })).toEqual({ chip, channel: 0 });
    await expect(find('GPIO12')).rejects.toMatchObject({
      code: 'GPIO_UNSUPPORTED',
      message: 'Pin "GPIO12" gets no pulses: hardware PWM goes to GPIO18 and GPIO19.',
    });
  });

  it('reads the pins as a Raspberry Pi 5 names them', async () => {
    const chip = addChip('pwmchip0', { device: '1f00098000.pwm', npwm: 4 });
    route('1f00098000.pwm', { pins: Buffer.from('gpio12\0gpio13\0') });
    expect(await find('GPIO13', { onlyIfRouted: true })).toEqual({ chip, channel: 1 });
    await expect(find('GPIO18')).rejects.toMatchObject({ code: 'GPIO_UNSUPPORTED' });
  });

  it('refuses what the kernel does not tell, where that is asked', async () => {
    addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    await expect(find('GPIO18', { onlyIfRouted: true })).rejects.toMatchObject({
      code: 'GPIO_UNSUPPORTED',
    });
  });

  it('says which pins have PWM', async () => {
    addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    await expect(find('GPIO17')).rejects.toMatchObject({
      hint: 'Use GPIO12, GPIO13, GPIO18 or GPIO19.',
    });
  });
});

describe('SysfsPwmLine', () => {
  /** A channel that a bot before this one has left. */
  const servo = () => {
    const ownLines = new OwnLines();
    ownLines.add(path.join(folder, 'class', 'pwmchip0', 'pwm0'));
    return { period: 20_000_000, offset: 18, ownLines };
  };
  const addChannel = (chip: string, channel: number) => {
    const files = path.join(chip, `pwm${channel}`);
    mkdirSync(files);
    for (const file of ['period', 'duty_cycle', 'enable'])
      writeFileSync(path.join(files, file), '');
    return (file: string) => readFileSync(path.join(files, file), 'utf8');
  };

  it('claims a channel that does not pulse, and lets it pulse', async () => {
    const chip = addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    const read = addChannel(chip, 0);
    const line = await SysfsPwmLine.claim({ chip, channel: 0 }, servo());
    expect([read('enable'), read('duty_cycle'), read('period')]).toEqual(['0', '0', '20000000']);
    line.setShare(0.075);
    line.write(1);
    expect([read('duty_cycle'), read('enable')]).toEqual(['1500000', '1']);
    line.release();
    line.release();
    expect(read('enable')).toBe('0');
    expect(readFileSync(path.join(chip, 'unexport'), 'utf8')).toBe('0');
  });

  it('changes the length of a turn, and keeps its share', async () => {
    const chip = addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    const read = addChannel(chip, 0);
    const line = await SysfsPwmLine.claim({ chip, channel: 0 }, servo());
    line.setShare(0.5);
    line.setFrequency(1_000);
    expect([read('period'), read('duty_cycle')]).toEqual(['1000000', '500000']);
    expect(line.offset).toBe(18);
    expect(line.handle).toEqual({ kind: 'pwm', valueFile: path.join(chip, 'pwm0/enable') });
  });

  it('exports its channel again where somebody unexported it while it pulsed', async () => {
    const chip = addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    addChannel(chip, 0);
    const line = await SysfsPwmLine.claim({ chip, channel: 0 }, servo());
    line.write(1);
    await rm(path.join(chip, 'pwm0'), { recursive: true, maxRetries: 9 });
    // The kernel would have made the files.
    expect(() => line.write(0)).toThrow('The kernel refused');
    expect(readFileSync(path.join(chip, 'export'), 'utf8')).toBe('0');
    const read = addChannel(chip, 0);
    line.write(0);
    expect(read('enable')).toBe('0');
  });

  it('leaves alone what another program runs, and says who has it', async () => {
    const chip = addChip('pwmchip0', { device: 'fe20c000.pwm', npwm: 2 });
    const read = addChannel(chip, 0);
    writeFileSync(path.join(chip, 'pwm0', 'enable'), '1');
    const claim = SysfsPwmLine.claim(
      { chip, channel: 0 },
      { ...servo(), ownLines: new OwnLines() },
    );
    await expect(claim).rejects.toMatchObject({
      code: 'GPIO_PIN_BUSY',
      message: `PWM channel 0 of "${chip}" is in use by another program, which exported it.`,
      hint: expect.stringContaining(`echo 0 > ${path.join(chip, 'unexport')}`),
    });
    expect(read('enable')).toBe('1');
    expect(readFileSync(path.join(chip, 'unexport'), 'utf8')).toBe('');
  });

  it('says that a chip cannot be written', async () => {
    const chip = path.join(folder, 'nothing');
    await expect(SysfsPwmLine.claim({ chip, channel: 0 }, servo())).rejects.toMatchObject({
      code: 'GPIO_DRIVER_FAILED',
    });
  });
});
