import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isPertyError, messageOf } from '@pertybot/core';
import { createDriver } from '../drivers/find-driver.js';
import type { GpioDriver, Level } from '../drivers/gpio-driver.js';
import { takeBack } from '../drivers/sysfs-level.js';
import { askGuardian, untilGone } from './ask-guardian.js';
import { nameOfPin, PinsFile, type PinsFileState, type RecordedPin } from './pins-file.js';

/** What became of one output of another bot's list. */
export interface SafePin {
  /** BCM number; negative for what is no pin of the header. */
  readonly offset: number;
  /** `GPIO17` or `ACT`. */
  readonly name: string;
  /** The level that is off. */
  readonly safe: Level;
  /**
   * `set`: it has its safe level, as the kernel or its guardian has confirmed. `held`: somebody else has
   * it, and nobody has confirmed anything. `failed`: see `reason`.
   */
  readonly outcome: 'set' | 'held' | 'failed';
  readonly reason?: string;
}

/** How {@link makePinsSafe} works. */
export interface MakePinsSafeOptions {
  /**
   * Whether the bot is known to be dead: then its lines are given back, and the list is removed.
   * @default false
   */
  readonly botIsDead?: boolean;
  /**
   * Sets the outputs that are configured, where the list does not say which ones there are.
   * @param state why it does not
   * @default nothing is done, and a list that cannot be read stays
   */
  readonly withoutList?:
    | ((state: Exclude<PinsFileState, 'read'>) => readonly SafePin[] | Promise<readonly SafePin[]>)
    | undefined;
}

/**
 * Sets every output of a bot to its safe level, from any process: at the next start, after the stop
 * of a service, or when the bot does not answer.
 * @param path `.pertybot/pins.json`
 */
export async function makePinsSafe(
  path: string,
  { botIsDead = false, withoutList }: MakePinsSafeOptions = {},
): Promise<readonly SafePin[]> {
  const file = new PinsFile(path);
  const { guardian, pins, state } = file.read();
  if (state !== 'read') {
    if (!withoutList) return [];
    const results = await withoutList(state);
    if (botIsDead && state === 'unreadable' && results.every(isSet)) file.remove();
    return results;
  }
  const isConfirmed = guardian !== undefined && (await askGuardian(guardian));
  if (guardian !== undefined && botIsDead) await untilGone(guardian);
  const results: SafePin[] = [];
  let chardev: GpioDriver | undefined;
  for (const pin of pins) {
    const { offset, safe } = pin;
    const known = { offset, name: nameOfPin(pin), safe };
    try {
      if (pin.driver !== 'chardev') await setValueFile(pin, botIsDead);
      else {
        chardev ??= await createDriver('chardev', { consumer: 'pertybot-safe' });
        const line = await chardev.claimOutput(offset, safe);
        line.release(safe);
      }
      results.push({ ...known, outcome: 'set' });
    } catch (error) {
      const isHeld = isPertyError(error) && error.code === 'GPIO_PIN_BUSY';
      if (isHeld && isConfirmed) results.push({ ...known, outcome: 'set' });
      else
        results.push({ ...known, outcome: isHeld ? 'held' : 'failed', reason: messageOf(error) });
    }
  }
  await chardev?.close();
  if (botIsDead && results.every(isSet)) file.remove();
  return results;
}

type FilePin = Extract<RecordedPin, { valueFile: string }>;

function isSet({ outcome }: SafePin): boolean {
  return outcome === 'set';
}

/** A line that is not exported any more was given back, or somebody unexported it while it was on. */
async function setValueFile(
  { driver, valueFile, safe }: FilePin,
  giveBack: boolean,
): Promise<void> {
  if (!takeBack(valueFile, safe)) return;
  if (!giveBack || driver === 'led') return;
  const line = dirname(valueFile);
  // gpio586 or pwm2: both are given back by their number.
  await writeTo(join(dirname(line), 'unexport'), basename(line).replace(/^\D+/, ''));
}

async function writeTo(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY);
  await file.write(text).finally(() => file.close());
}
