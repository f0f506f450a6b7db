import { askBot } from '../control/control-client.js';
import type { RefusalReport } from '../control/control-protocol.js';
import { toPlainText } from '../terminal/plain-text.js';
import { clockTime } from '../terminal/pretty-log.js';
import { refusalInWords } from './refusal-words.js';

/** Which refusals are shown, and how. */
export interface ListRefusalsOptions {
  /** Login of a viewer, with or without `@`. */
  readonly user: string | undefined;
  readonly json: boolean;
}

/** The latest commands that did not run, oldest first. */
export async function listRefusals(
  folder: string,
  { user, json }: ListRefusalsOptions,
): Promise<string> {
  const login = user?.replace(/^@/, '').toLowerCase();
  const all = await askBot(folder, { ask: 'refusals' });
  const wanted = all.filter((refusal) => login === undefined || refusal.user === login);
  if (json) return JSON.stringify(wanted, undefined, 2);
  if (wanted.length === 0) return 'Every command ran.';
  return wanted.map(toRefusalLine).join('\n');
}

/** A refusal as the owner reads it. Nothing that came from chat may speak to the terminal. */
export function toRefusalLine({ time, user, command, ...refusal }: RefusalReport[number]): string {
  return `${clockTime(time)}  ${toPlainText(`${user}: ${command} ${refusalInWords(refusal)}`)}`;
}
