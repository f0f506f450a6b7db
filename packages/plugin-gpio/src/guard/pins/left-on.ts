import { type Clock, sleep } from '@pertybot/core';
import type { DriverName } from '../../drivers/gpio-driver.js';
import type { OutputInfo } from '../../gpio.js';

/** Milliseconds for which what cannot be switched off holds up the end of a bot. */
const patience = 1_000;

/** Milliseconds between two looks whether it is off. */
const pause = 50;

/** One list for the process, since it outlives the bots in it. */
const left = new Map<string, OutputInfo>();

/** The outputs of stopped bots in this process that could not be switched off, and may be on. */
export function leftOn(): readonly OutputInfo[] {
  return [...left.values()];
}

/** Forgets that a pin of this driver was left on, as somebody has it in hand again. */
export function forgetLeftOn(pin: string, driver: DriverName): void {
  left.delete(`${driver}:${pin}`);
}

/** An output that was told to go off, and leaves its set when it is. */
interface LeavingOutput {
  readonly info: OutputInfo;
  abandon(): void;
}

/** Waits a moment for outputs that go off late; those that do not are left to their guardian. */
export async function untilOff(
  outputs: ReadonlySet<LeavingOutput>,
  { clock, driver }: { readonly clock: Clock; readonly driver: DriverName },
): Promise<void> {
  for (let waited = 0; outputs.size > 0 && waited < patience; waited += pause) {
    await sleep(clock, pause);
  }
  for (const output of outputs) {
    left.set(`${driver}:${output.info.pin}`, output.info);
    output.abandon();
  }
}
