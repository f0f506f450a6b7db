import { type Clock, sleep } from '@pertybot/core';
import type { OutputInfo } from '../gpio.js';

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

/** Forgets that a pin was left on, as somebody has it in hand again. */
export function forgetLeftOn(pin: string): void {
  left.delete(pin);
}

/** An output that was told to go off, and leaves its set when it is. */
interface LeavingOutput {
  readonly info: OutputInfo;
  abandon(): void;
}

/** Waits a moment for outputs that go off late; those that do not are left to their guardian. */
export async function untilOff(outputs: ReadonlySet<LeavingOutput>, clock: Clock): Promise<void> {
  for (let waited = 0; outputs.size > 0 && waited < patience; waited += pause) {
    await sleep(clock, pause);
  }
  for (const output of outputs) {
    left.set(output.info.pin, output.info);
    output.abandon();
  }
}
