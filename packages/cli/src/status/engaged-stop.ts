import { join } from 'node:path';
import { EstopLatch } from '@pertybot/plugin-gpio';
import { toPlainText } from '../terminal/text.js';

/**
 * The emergency stop with which the next bot of a folder would start, since it outlives the one that ran.
 * @returns a sentence that says who engaged it, when, and how it ends; undefined where there is none
 */
export function readEngagedStop(folder: string): string | undefined {
  const record = new EstopLatch(join(folder, '.pertybot')).read();
  if (record === undefined) return undefined;
  const { by, at } = record;
  return (
    `The emergency stop is engaged, by ${toPlainText(by)} at ${toPlainText(at)}: everything stays off. ` +
    'Release it with: pertybot estop --release'
  );
}
