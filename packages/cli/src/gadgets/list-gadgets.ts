import { errorCodeOf, formatDuration, v } from '@pertybot/core';
import { silentLogger } from '@pertybot/core/host';
import { rehearse } from '../check/rehearse-bot.js';
import { BotControl } from '../control/bot-control.js';
import { askBot } from '../control/control-client.js';
import { type BotStatusReport, statusSchema } from '../control/control-protocol.js';
import { withoutTwitch } from '../dev/dev-overlay.js';
import { type Style, styleFor } from '../terminal/style.js';

/** The gadgets of the running bot, or of one that could run, for people or as JSON. */
export async function listGadgets(folder: string, json: boolean): Promise<string> {
  const status = await askBot(folder, { ask: 'status' }).catch((error: unknown) => {
    if (errorCodeOf(error) !== 'CLI_BOT_NOT_RUNNING') throw error;
    return rehearseStatus(folder);
  });
  if (json) return JSON.stringify(status.gadgets, undefined, 2);
  return formatGadgets(status, styleFor(process.stdout));
}

/** The status that a bot would begin with. */
function rehearseStatus(folder: string): Promise<BotStatusReport> {
  return rehearse({ folder, overlay: withoutTwitch, logger: silentLogger }, async (bot) => {
    await bot.start();
    const { handle } = new BotControl(bot, 'pertybot gadgets');
    return v.parse(statusSchema, await handle({ ask: 'status' }));
  });
}

/** A line for each gadget: `lamp  light  GPIO17  on, off in 9 min 3 s`. */
function formatGadgets({ gadgets, outputs }: BotStatusReport, style: Style): string {
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
