import { formatDuration } from '@pertybot/core';
import { askBot } from './control/control-client.js';
import type { BotStatusReport } from './control/control-protocol.js';
import { type Style, styleFor } from './style.js';

/** The gadgets of the running bot, for people or as JSON. */
export async function listGadgets(folder: string, json: boolean): Promise<string> {
  const status = await askBot(folder, { ask: 'status' });
  if (json) return JSON.stringify(status.gadgets, undefined, 2);
  return formatGadgets(status, styleFor(process.stdout));
}

/** A line for each gadget: `lamp  light  GPIO17  on, off in 9 min 3 s`. */
export function formatGadgets({ gadgets, outputs }: BotStatusReport, style: Style): string {
  if (gadgets.length === 0) return 'The bot has no gadgets. Add some below gpio in plugins.yaml.';
  const rows = gadgets.map(({ name, type, pins, state, usage }) => {
    const left = outputs.find(({ gadget }) => gadget === name)?.onTimeLeft;
    const until = left === undefined ? '' : `, off in ${formatDuration(left)}`;
    return { cells: [name, type, pins.join(' '), `${state}${until}`], usage };
  });
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map(({ cells }) => (cells[column] ?? '').length)),
  );
  return rows
    .map(({ cells, usage }) => {
      const text = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
      return `${text}  ${style.dim(usage)}`;
    })
    .join('\n');
}
