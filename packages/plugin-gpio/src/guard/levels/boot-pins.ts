import { readFile } from 'node:fs/promises';
import type { Level } from '../../drivers/gpio-driver.js';

/** What the firmware makes of a pin before Linux starts. */
export interface BootPin {
  /** The level that it drives. */
  readonly level?: Level | undefined;
  readonly pull?: 'up' | 'down' | undefined;
}

/** By BCM number. */
export type BootPins = ReadonlyMap<number, BootPin>;

/** Where config.txt is: since Bookworm, and before. */
const places = ['/boot/firmware/config.txt', '/boot/config.txt'];

/** What config.txt of this machine makes of its pins; nothing where there is none. */
export async function readBootPins(files: readonly string[] = places): Promise<BootPins> {
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return parseBootPins(text);
  }
  return new Map();
}

/**
 * Reads the lines `gpio=` of a config.txt. What stands under a filter such as `[pi4]` is passed over: it may not
 * be true here. Source: Raspberry Pi documentation, "config.txt", GPIO control.
 */
export function parseBootPins(text: string): BootPins {
  const pins = new Map<number, BootPin>();
  let isForAll = true;
  for (const line of text.split('\n').map((each) => each.trim())) {
    const filter = /^\[(.*)\]$/.exec(line)?.[1];
    if (filter !== undefined) isForAll = filter === 'all';
    const [, numbers = '', words = ''] = /^gpio=([\d,-]+)=([a-z0-9,]+)$/.exec(line) ?? [];
    if (!isForAll || numbers === '') continue;
    const wanted = toBootPin(words.split(','));
    for (const gpio of toNumbers(numbers)) pins.set(gpio, { ...pins.get(gpio), ...wanted });
  }
  return pins;
}

function toBootPin(words: readonly string[]): BootPin {
  const level = words.includes('dh') ? 1 : words.includes('dl') ? 0 : undefined;
  const pull = words.includes('pu') ? 'up' : words.includes('pd') ? 'down' : undefined;
  const isDriven = words.includes('op') && level !== undefined;
  return {
    ...(isDriven ? { level } : words.includes('ip') ? { level: undefined } : {}),
    ...(pull ? { pull } : {}),
  };
}

/** `4,17` and `2-5`. */
function toNumbers(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number);
    const length = Math.min(54, to - from + 1);
    return length > 0 ? Array.from({ length }, (_, index) => from + index) : [];
  });
}
