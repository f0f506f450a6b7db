import { errorCodeOf } from '@pertybot/core';
import { request } from '../control/control-client.js';
import type { GadgetDeed } from './drive-alone.js';

/** Has the running bot drive a gadget; where none runs, drives it alone. */
export async function driveGadget(
  folder: string,
  deed: GadgetDeed,
  print: (text: string) => void,
): Promise<void> {
  try {
    print(await request(folder, { ask: 'gadget', ...deed }));
  } catch (error) {
    if (errorCodeOf(error) !== 'CLI_BOT_NOT_RUNNING') throw error;
    const { driveAlone } = await import('./drive-alone.js');
    await driveAlone(folder, deed, print);
  }
}
