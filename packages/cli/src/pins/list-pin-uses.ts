import { join } from 'node:path';
import { formatDuration, parseDuration } from '@pertybot/core';
import { readBotFileText } from '@pertybot/core/host';
import { describeActor, parsePin, readPinAudit, type ToldPinUse } from '@pertybot/plugin-gpio';
import { toFolderError } from '../bot-folder/folder-error.js';
import { clockTime } from '../terminal/pretty-log.js';
import { toPlainText } from '../terminal/text.js';

/** Which uses of pins are shown, and how. */
export interface ListPinUsesOptions {
  /** How many of the last ones; 0 for all. */
  readonly limit: number;
  /** Name of a pin or gadget. */
  readonly pin?: string | undefined;
  /** Wall time, milliseconds. */
  readonly since?: number | undefined;
  readonly json: boolean;
}

/**
 * The latest uses of the pins of a bot, oldest first.
 * @throws CliError CLI_FOLDER_LOCKED when what was noted cannot be read, ConfigError when the folder is no bot's
 */
export async function listPinUses(folder: string, options: ListPinUsesOptions): Promise<string> {
  const { limit, json } = options;
  // Else a folder that is no bot's would be told to have switched nothing.
  await readBotFileText(folder);
  const all = await read(folder);
  const wanted = all.filter((use) => isWanted(use, options)).slice(limit === 0 ? 0 : -limit);
  if (json) return JSON.stringify(wanted, undefined, 2);
  if (wanted.length > 0) return wanted.map(describe).join('\n');
  return all.length > 0 ? 'No such use of a pin.' : 'No pin was switched in the last 30 days.';
}

async function read(folder: string): Promise<readonly ToldPinUse[]> {
  const state = join(folder, '.pertybot');
  try {
    return await readPinAudit(state, Date.now());
  } catch (cause) {
    throw toFolderError(`What was noted in "${state}" cannot be read`, cause);
  }
}

function isWanted(use: ToldPinUse, { pin, since }: ListPinUsesOptions): boolean {
  if (since !== undefined && Date.parse(use.at) < since) return false;
  return pin === undefined || use.gadget === pin || use.pin === nameOf(pin);
}

/** `17` and `BOARD11` are GPIO17, too. */
function nameOf(pin: string): string {
  try {
    return parsePin(pin).name;
  } catch {
    return pin;
  }
}

function describe(use: ToldPinUse): string {
  const { at, gadget, pin, by, times, dryRun } = use;
  const what = `${gadget} (${pin}) on${times === undefined ? '' : `, ${times} times`}`;
  const dry = dryRun ? ' [dry-run]' : '';
  return toPlainText(
    `${dayOf(at)} ${clockTime(at)}  ${what} by ${describeActor(by)}${dry}; ${endOf(use)}`,
  );
}

function endOf({ onFor, end, cut }: ToldPinUse): string {
  if (end === undefined || onFor === undefined) {
    return cut ? 'the bot died while it was on' : 'no end of it is noted yet';
  }
  return `off after ${formatDuration(onFor)} by ${describeActor(end)}`;
}

/** The day of an ISO time, in the owner's time zone. */
function dayOf(time: string): string {
  const date = new Date(time);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/**
 * Reads a time that lies back: `2h` ago, or a date such as `2026-11-29` or `2026-11-29T20:15`.
 * @param now wall time, milliseconds
 * @returns wall time in milliseconds, or undefined when it is neither
 */
export function readSince(text: string, now: number): number | undefined {
  const ago = parseDuration(text);
  if (ago !== undefined) return now - ago;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  // A date alone would be read as one of Greenwich.
  const time = Date.parse(text.length === 10 ? `${text}T00:00` : text);
  return Number.isNaN(time) ? undefined : time;
}
