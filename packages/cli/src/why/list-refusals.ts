import { formatDuration } from '@pertybot/core';
import { askBot } from '../control/control-client.js';
import type { ReactionReport, RefusalReport } from '../control/control-protocol.js';
import { clockTime } from '../terminal/pretty-log.js';
import { toPlainText } from '../terminal/text.js';

/** Which refusals are shown, and how. */
export interface ListRefusalsOptions {
  /** Login of a viewer, with or without `@`. */
  readonly user: string | undefined;
  readonly json: boolean;
}

/** The latest commands that did not run, redemptions, and what events set off or did not, oldest first. */
export async function listRefusals(
  folder: string,
  { user, json }: ListRefusalsOptions,
): Promise<string> {
  const login = user?.replace(/^@/, '').toLowerCase();
  const refusals = await askBot(folder, { ask: 'refusals' });
  const reactions = await askBot(folder, { ask: 'reactions' });
  const wanted = [...refusals, ...reactions]
    .filter((each) => login === undefined || each.user === login)
    .sort((a, b) => a.time.localeCompare(b.time));
  if (json) return JSON.stringify(wanted, undefined, 2);
  if (wanted.length === 0) return 'Every command ran.';
  return wanted
    .map((each) => ('event' in each ? toReactionLine(each) : toRefusalLine(each)))
    .join('\n');
}

/** A refusal as the owner reads it. Nothing that came from chat may speak to the terminal. */
export function toRefusalLine(report: RefusalReport[number]): string {
  const { time, user, command, reason, redemption } = report;
  const what = redemption ? `redeemed "${redemption.title}" (${redemption.cost} points)` : command;
  const became = reason === undefined ? 'and it moved' : refusalInWords({ ...report, reason });
  return `${clockTime(time)}  ${toPlainText(`${user}: ${what} ${became}`)}`;
}

const words: ReadonlyMap<string, string> = new Map([
  ['starting', 'the bot was still starting'],
  ['unknown', 'there is no such command'],
  ['disabled', 'it is switched off'],
  ['role', 'this viewer may not'],
  ['arguments', 'wrong arguments'],
  ['late', 'it came too late'],
  ['cooldown', 'on cooldown'],
  ['queue', 'too many were waiting'],
  ['busy', 'too many calls of it have not ended'],
  ['fault', 'it failed too often'],
  ['stopped', 'everything was stopped while it waited'],
  ['offline', 'the stream is not live'],
]);

/** What {@link refusalInWords} looks at. */
export interface RefusalInWords {
  readonly reason: string;
  /** Milliseconds until it would be allowed. */
  readonly retryAfter?: number | undefined;
  readonly text?: string | undefined;
  /** Present for a redemption. */
  readonly redemption?: object | undefined;
}

/** What became of a command that was refused, such as `did not run: on cooldown, again in 5s`. */
export function refusalInWords(refusal: RefusalInWords): string {
  const { reason, retryAfter, text, redemption } = refusal;
  if (reason === 'unsaid') return `ran, but its answer was not said: ${text ?? 'for some reason'}`;
  const again = retryAfter === undefined ? '' : `, again in ${formatDuration(retryAfter)}`;
  // Whoever made a reason of its own has said in words what it means.
  const why = words.get(reason) ?? text ?? reason;
  if (redemption) return `and has the points back: ${text ?? why}${again}`;
  return `did not run: ${why}${again}`;
}

/** What an event set off, or why it set nothing off, as the owner reads it. Nothing of chat may speak to the terminal. */
export function toReactionLine({ time, ...reaction }: ReactionReport[number]): string {
  return `${clockTime(time)}  ${toPlainText(inWords(reaction))}`;
}

function inWords(reaction: Omit<ReactionReport[number], 'time'>): string {
  const { event, plugin, user, did, reason, text } = reaction;
  const who = user === undefined ? event : `${user}: ${event}`;
  if (did !== undefined) return `${who} set off ${did} (${plugin})`;
  return `${who} set nothing off (${plugin}): ${text ?? reason ?? 'for some reason'}`;
}
