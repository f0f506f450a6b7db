import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCodeOf, v } from '@pertybot/core';
import { parseJson } from '@pertybot/core/host';
import {
  auditAge,
  auditLength,
  beginSchema,
  isAuditFile,
  type PinUse,
  pinUseSchema,
} from './pin-use.js';

/** A use of a pin as it can be told now. */
export interface ToldPinUse extends PinUse {
  /** The bot died while it was on, so that nothing tells of its end. */
  readonly cut?: boolean;
}

/**
 * The last 10,000 uses of pins of the last 30 days, oldest first. Lines that make no sense are skipped: the disk may
 * have been full, or the bot killed in the middle of one.
 * @param now the wall clock, milliseconds
 * @throws Node's error when the files cannot be read; that there are none is no error
 */
export async function readPinAudit(
  stateFolder: string,
  now: number,
): Promise<readonly ToldPinUse[]> {
  const names = await namesIn(stateFolder);
  const plugins = new Set(names.map(pluginOf));
  const uses: ToldPinUse[] = [];
  for (const plugin of plugins) {
    // By name the older file comes first.
    const own = names.filter((name) => pluginOf(name) === plugin).sort();
    const texts = own.map((name) => readFile(path.join(stateFolder, name), 'utf8'));
    uses.push(...readUses((await Promise.all(texts)).join('\n')));
  }
  const oldest = new Date(now - auditAge).toISOString();
  return uses
    .filter(({ at }) => at >= oldest)
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
    .slice(-auditLength);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter(isAuditFile);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function pluginOf(file: string): string {
  return file.replace(/(?:\.1)?\.log$/, '');
}

/** A later line about the last use of a pin tells more of it. */
function readUses(text: string): readonly ToldPinUse[] {
  const uses: ToldPinUse[] = [];
  const lastOf = new Map<string, number>();
  for (const line of text.split('\n')) {
    const value = parseJson(line);
    if (v.is(beginSchema, value)) {
      for (const index of lastOf.values()) cut(uses, index);
      lastOf.clear();
    }
    const { success, output: use } = v.safeParse(pinUseSchema, value);
    if (!success) continue;
    const index = lastOf.get(use.pin) ?? -1;
    const last = uses[index];
    if (last && tellsMore(use, last)) uses[index] = use;
    else lastOf.set(use.pin, uses.push(use) - 1);
  }
  return uses;
}

function tellsMore(use: PinUse, last: PinUse): boolean {
  const isMore = use.end || !last.end || (use.times ?? 1) > (last.times ?? 1);
  return use.at === last.at && Boolean(isMore);
}

function cut(uses: ToldPinUse[], index: number): void {
  const use = uses[index];
  if (use && !use.end) uses[index] = { ...use, cut: true };
}
