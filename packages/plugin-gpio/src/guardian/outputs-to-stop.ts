import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@pertybot/core';
import { readWrittenEntries } from '@pertybot/core/host';
import { configuredOutputs } from './configured-outputs.js';
import { locateOutputs } from './locate-outputs.js';
import { PinsFile, type RecordedPin } from './pins-file.js';
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
