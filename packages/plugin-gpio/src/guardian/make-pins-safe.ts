import { constants, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodeOf, isPertyError, messageOf } from '@pertybot/core';
import { createDriver } from '../drivers/find-driver.js';
import type { GpioDriver, Level } from '../drivers/gpio-driver.js';
import { guardianName } from './guardian-script.js';
import { PinsFile, type RecordedPin } from './pins-file.js';

/** What became of one output of another bot's list. */
export interface SafePin {
  /** BCM number; negative for what is no pin of the header. */
  readonly offset: number;
  /** `GPIO17` or `ACT`. */
  readonly name: string;
  /** The level that is off. */
  readonly safe: Level;
  /**
   * `set`: it has its safe level. `held`: a living bot or its guardian holds it, and the guardian
   * was told to set it. `failed`: see `reason`.
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
}

/** Milliseconds that a guardian gets to leave after its bot. */
const guardianPatience = 1_000;

/**
 * Sets every output of a bot to its safe level, from any process: at the next start, after the stop
 * of a service, or when the bot does not answer.
 * @param path `.pertybot/pins.json`; where it is absent there is nothing to do
 */
export async function makePinsSafe(
  path: string,
  { botIsDead = false }: MakePinsSafeOptions = {},
): Promise<readonly SafePin[]> {
  const file = new PinsFile(path);
  const { guardian, pins } = file.read();
  if (guardian !== undefined) tellGuardian(guardian);
  if (guardian !== undefined && botIsDead) await untilGone(guardian);
  const results: SafePin[] = [];
  let chardev: GpioDriver | undefined;
  for (const pin of pins) {
    const { offset, safe } = pin;
    const known = { offset, name: nameOf(pin), safe };
    try {
      if (pin.driver !== 'chardev') await setValueFile(pin, botIsDead);
      else {
        chardev ??= await createDriver('chardev', { consumer: 'pertybot-safe' });
        const line = await chardev.claimOutput(offset, safe);
        line.release(safe);
      }
      results.push({ ...known, outcome: 'set' });
    } catch (error) {
      results.push({ ...known, ...toFailure(error) });
    }
  }
  await chardev?.close();
  if (botIsDead && results.every(({ outcome }) => outcome === 'set')) file.remove();
  return results;
}

type FilePin = Extract<RecordedPin, { valueFile: string }>;

function nameOf(pin: RecordedPin): string {
  return pin.driver === 'led' ? basename(dirname(pin.valueFile)) : `GPIO${pin.offset}`;
}

/** A line that is not exported any more was given back: nobody drives it. */
async function setValueFile(
  { driver, valueFile, safe }: FilePin,
  giveBack: boolean,
): Promise<void> {
  try {
    await writeTo(valueFile, String(safe));
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (!giveBack || driver === 'led') return;
  const line = dirname(valueFile);
  // gpio586 or pwm2: both are given back by their number.
  await writeTo(join(dirname(line), 'unexport'), basename(line).replace(/^\D+/, ''));
}

async function writeTo(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY);
  await file.write(text).finally(() => file.close());
}

function toFailure(error: unknown): Pick<SafePin, 'outcome' | 'reason'> {
  const held = isPertyError(error) && error.code === 'GPIO_PIN_BUSY';
  return { outcome: held ? 'held' : 'failed', reason: messageOf(error) };
}

function tellGuardian(pid: number): void {
  try {
    if (isGuardian(pid)) process.kill(pid, 'SIGUSR2');
  } catch {
    // It ended between the look and the signal, having done its work.
  }
}

async function untilGone(pid: number): Promise<void> {
  const deadline = performance.now() + guardianPatience;
  while (isGuardian(pid) && performance.now() < deadline) await sleep(20);
}

/** Whether the process is a guardian still: its number may be somebody else's by now. */
function isGuardian(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === guardianName;
  } catch {
    return false;
  }
}
