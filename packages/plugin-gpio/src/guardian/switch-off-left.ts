import path from 'node:path';
import type { Logger } from '@pertybot/core';
import { type MakePinsSafeOptions, makePinsSafe } from './make-pins-safe.js';

/**
 * Switches off what a bot that died has left on, and says so.
 * @param stateFolder of that bot
 * @param withoutList as of {@link makePinsSafe}
 */
export async function switchOffLeft(
  stateFolder: string,
  log: Pick<Logger, 'warn'>,
  withoutList?: MakePinsSafeOptions['withoutList'],
): Promise<void> {
  const file = path.join(stateFolder, 'pins.json');
  for (const pin of await makePinsSafe(file, { botIsDead: true, withoutList })) {
    const { name, outcome, reason } = pin;
    if (outcome === 'set') log.warn(`${name} was switched off: a bot that died had held it.`);
    else log.warn(`${name} may be on, since a bot that died: ${reason ?? outcome}`);
  }
}
