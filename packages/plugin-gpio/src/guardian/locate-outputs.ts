import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPertyError } from '@pertybot/core';
import { createDriver } from '../drivers/find-driver.js';
import { findSysfsHeader } from '../drivers/sysfs-base.js';
import { parsePin } from '../pin-name.js';
import { findPwmChannel } from '../pwm/pwm-channel.js';
import type { ConfiguredOutput } from './configured-outputs.js';
import type { RecordedPin } from './pins-file.js';

/** Where outputs are, and those of which that is not known. */
export interface LocatedOutputs {
  /** As `pins.json` would remember them. */
  readonly pins: readonly RecordedPin[];
  /** Of these no level can be set from outside: they name no pin, or only their plugin knows what is off. */
  readonly unknown: readonly ConfiguredOutput[];
}

/** What {@link locateOutputs} looks at; replaced in tests. */
export interface Machine {
  /** Folder of exported lines, PWM chips and LEDs. @default '/sys/class' */
  readonly sysClass: string;
  /** Path of the header's character device, where there is one, be it that this user may not open it. */
  readonly findChip: () => Promise<string | undefined>;
}

const thisMachine: Machine = { sysClass: '/sys/class', findChip };

/**
 * Finds out where each configured output is on this machine, for whoever must switch it off without a list of
 * what the bot held. Nothing is claimed or changed. What cannot be driven now is left out: a channel or line
 * that nobody exported, an LED that the kernel has, any pin where there is no header.
 */
export async function locateOutputs(
  outputs: readonly ConfiguredOutput[],
  machine: Machine = thisMachine,
): Promise<LocatedOutputs> {
  const { sysClass } = machine;
  const header = await findSysfsHeader(join(sysClass, 'gpio')).catch(() => undefined);
  const chip = await machine.findChip();
  const place = { sysClass, base: header?.base, chip };
  if (chip === undefined && !header) {
    return { pins: outputs.flatMap((each) => ledPin(each, sysClass)), unknown: [] };
  }
  const pins: RecordedPin[] = [];
  const unknown: ConfiguredOutput[] = [];
  for (const output of outputs) {
    const known = output.offset !== undefined && output.safe !== undefined;
    const found = known ? await locateOutput(output, place).catch(() => undefined) : undefined;
    if (found) pins.push(...found);
    else unknown.push(output);
  }
  return { pins, unknown };
}

async function locateOutput(
  output: ConfiguredOutput,
  place: HeaderPlace,
): Promise<readonly RecordedPin[]> {
  if (output.means === 'led') return ledPin(output, place.sysClass);
  return (await pwmPin(output, place.sysClass)) ?? linePin(output, place);
}

function ledPin({ means }: ConfiguredOutput, sysClass: string): readonly RecordedPin[] {
  if (means !== 'led') return [];
  const led = ['ACT', 'led0'].map((name) => join(sysClass, 'leds', name)).find(existsSync);
  // Another trigger than none: the kernel shows something with it, and no bot does.
  if (led === undefined || !readText(join(led, 'trigger')).includes('[none]')) return [];
  return [{ driver: 'led', valueFile: join(led, 'brightness'), offset: -1, safe: 0 }];
}

/** @returns undefined where the pin has no hardware PWM of its own */
async function pwmPin(
  { means, name, offset, chip, channel }: ConfiguredOutput,
  sysClass: string,
): Promise<readonly RecordedPin[] | undefined> {
  if (means === 'pin' || offset === undefined) return undefined;
  const isNamed = chip !== undefined || channel !== undefined;
  const onlyIfRouted = means === 'light' && !isNamed;
  try {
    const options = { device: chip, channel, onlyIfRouted, folder: join(sysClass, 'pwm') };
    const found = await findPwmChannel(parsePin(name), options);
    const folder = join(found.chip, `pwm${found.channel}`);
    if (!existsSync(folder)) return [];
    return [{ driver: 'pwm', valueFile: join(folder, 'enable'), offset, safe: 0 }];
  } catch (error) {
    if (!isPertyError(error)) throw error;
    return means === 'light' ? undefined : [];
  }
}

interface HeaderPlace {
  readonly sysClass: string;
  /** The number that sysfs gives to GPIO0. */
  readonly base: number | undefined;
  readonly chip: string | undefined;
}

function linePin(
  { offset = -1, safe = 0 }: ConfiguredOutput,
  { sysClass, base, chip }: HeaderPlace,
): readonly RecordedPin[] {
  const folder = base === undefined ? undefined : join(sysClass, 'gpio', `gpio${base + offset}`);
  if (folder !== undefined && existsSync(folder)) {
    // One that listens drives nothing.
    if (readText(join(folder, 'direction')).trim() === 'in') return [];
    return [{ driver: 'onoff', valueFile: join(folder, 'value'), offset, safe }];
  }
  return chip === undefined ? [] : [{ driver: 'chardev', chip, offset, safe }];
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** One that this user may not open is there: each of its lines is then one that could not be set. */
async function findChip(): Promise<string | undefined> {
  try {
    const driver = await createDriver('chardev');
    await driver.close();
    return `/dev/${driver.description.split(' ')[0]}`;
  } catch (error) {
    return isPertyError(error) && error.code === 'GPIO_NO_ACCESS' ? '/dev/gpiochip0' : undefined;
  }
}
