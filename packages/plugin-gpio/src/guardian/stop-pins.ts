import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodeOf, messageOf } from '@pertybot/core';
import type { Level } from '../drivers/gpio-driver.js';
import { setLevel, takeBack } from '../drivers/sysfs-level.js';
import { OutsideHeader, type OutsideResult } from './outside-header.js';
import type { RecordedPin } from './pins-file.js';

/** What became of an output at an emergency stop. */
export interface StoppedPin {
  /** `GPIO17` or `ACT`. */
  readonly name: string;
  /** `off` and `on` were seen at the pin; `unknown` was not: see `reason`. */
  readonly state: 'off' | 'on' | 'unknown';
  readonly reason?: string;
}

/** How {@link stopPins} works; the defaults are those of this machine. */
export interface StopPinsOptions {
  /** Whether the levels are only looked at. @default false */
  readonly lookOnly?: boolean;
  /** Milliseconds for which what is not off is tried again: a dying bot still holds its lines. @default 1500 */
  readonly patience?: number;
  readonly openHeader?: () => Promise<Header>;
}

type Header = Pick<OutsideHeader, 'set' | 'look' | 'close'>;

/** Milliseconds between two tries. */
const pause = 100;

/**
 * Sets outputs to their safe levels from outside of the bot, whether it lives or not, and tells what was seen at
 * each of them afterwards.
 */
export async function stopPins(
  pins: readonly RecordedPin[],
  options: StopPinsOptions = {},
): Promise<readonly StoppedPin[]> {
  const { lookOnly = false, patience = 1_500, openHeader = () => OutsideHeader.open() } = options;
  const lazily = { open: openHeader, header: undefined as Promise<Header> | undefined };
  const deadline = performance.now() + patience;
  try {
    for (;;) {
      const results: StoppedPin[] = [];
      for (const pin of pins) results.push(await stopPin(pin, lookOnly, lazily));
      const isDone = lookOnly || results.every(({ state }) => state === 'off');
      if (isDone || performance.now() > deadline) return results;
      await sleep(pause);
    }
  } finally {
    await lazily.header?.then(
      (header) => header.close(),
      () => {},
    );
  }
}

interface LazyHeader {
  readonly open: () => Promise<Header>;
  header: Promise<Header> | undefined;
}

async function stopPin(pin: RecordedPin, lookOnly: boolean, lazy: LazyHeader): Promise<StoppedPin> {
  const name = pin.driver === 'led' ? basename(dirname(pin.valueFile)) : `GPIO${pin.offset}`;
  const result = await resultOf(pin, lookOnly, lazy);
  if ('reason' in result) return { name, state: 'unknown', reason: result.reason };
  if (result.level === pin.safe) return { name, state: 'off' };
  if (lookOnly) return { name, state: 'on' };
  const reason = 'it does not keep the level that is off';
  return { name, state: 'on', reason };
}

async function resultOf(
  pin: RecordedPin,
  lookOnly: boolean,
  lazy: LazyHeader,
): Promise<OutsideResult> {
  try {
    if (pin.driver !== 'chardev') {
      const seen = throughFile(pin.valueFile, lookOnly ? undefined : pin.safe);
      if (seen) return seen;
      // A channel or LED that was given back makes nothing; a line is anybody's now.
      if (pin.driver !== 'onoff') {
        if (!lookOnly) takeBack(pin.valueFile, pin.safe);
        return { level: pin.safe };
      }
    }
    lazy.header ??= lazy.open();
    const header = await lazy.header;
    return lookOnly ? header.look(pin.offset) : header.set(pin.offset, pin.safe);
  } catch (error) {
    return { reason: messageOf(error) };
  }
}

/** @returns undefined when the file is not there */
function throughFile(path: string, level?: Level): OutsideResult | undefined {
  try {
    if (level !== undefined) setLevel(path, level);
    return { level: readFileSync(path, 'utf8').trim() === '0' ? 0 : 1 };
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
