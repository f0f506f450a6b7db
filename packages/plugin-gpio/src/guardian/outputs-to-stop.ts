import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@pertybot/core';
import { readWrittenEntries } from '@pertybot/core/host';
import { leftOn } from '../guard/pins/left-on.js';
import { configuredOutputs } from './configured-outputs.js';
import { locateOutputs } from './locate-outputs.js';
import { nameOfPin, PinsFile, type RecordedPin } from './pins-file.js';
import type { ProcessIdentity } from './process-identity.js';

/** What an emergency stop must switch off. */
export interface OutputsToStop {
  readonly pins: readonly RecordedPin[];
  /** The process that guards them, where it is known. */
  readonly guardian?: ProcessIdentity | undefined;
  /** Sentences about what cannot be switched off from outside; then not all is known to be off. */
  readonly doubts: readonly string[];
}

/**
 * The outputs that a bot holds, by its list; where that is torn or missing, every output that plugins.yaml
 * names. No plugin is loaded.
 * @param folder of the bot
 */
export async function outputsToStop(folder: string): Promise<OutputsToStop> {
  const file = new PinsFile(join(folder, '.pertybot', 'pins.json'));
  const { guardian, pins } = file.read();
  if (pins.length > 0) return { pins, guardian, doubts: [] };
  try {
    const located = await locateOutputs(configuredOutputs(await readWrittenEntries(folder)));
    // A bot that ended well has no list, and left nothing on.
    const unknown = existsSync(file.path) ? located.unknown : [];
    const doubts = unknown.map(
      ({ name, by }) => `${name} of "${by}" may be on: only its plugin knows which level is off.`,
    );
    return { pins: located.pins, doubts };
  } catch (error) {
    return { pins: [], doubts: [`Which outputs there are is not known: ${messageOf(error)}`] };
  }
}

import path from 'node:path';

/**
 * The outputs of a bot that has stopped which may be on, a sentence about each: what the stop could not
 * switch off. Its guardian and the next start go on trying.
 * @param stateFolder `.pertybot`
 */
export function pinsLeftOn(stateFolder: string): readonly string[] {
  const told = leftOn();
  const pins = new Set(told.map(({ pin }) => pin));
  const file = new PinsFile(path.join(stateFolder, 'pins.json'));
  const { pins: listed, state } = file.read();
  const others = listed.map(nameOfPin).filter((name) => !pins.has(name));
  return [
    ...told.map(({ gadget, pin, fault }) => `"${gadget}" (${pin}) may be on: ${fault}`),
    ...others.map((name) => `${name} may be on: it could not be switched off.`),
    ...(state === 'unreadable' ? [`Outputs may be on: "${file.path}" cannot be read.`] : []),
  ];
}
