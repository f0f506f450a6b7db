import { errorCodeOf, formatDuration, messageOf } from '@pertybot/core';
import { withoutTwitch } from '../bot-process/dev-overlay.js';
import { lookAtBot } from '../check/look-at-bot.js';
import { askBot } from '../control/control-client.js';
import type { BotStatusReport } from '../control/control-protocol.js';
import { type Style, styleFor } from '../terminal/style.js';
import { textWidth, withPlainTexts } from '../terminal/text.js';

/**
 * The gadgets of the running bot, or of one that could run, for people or as JSON.
 * @param tell hears why one may be missing, where plugins.yaml says so
 */
export async function listGadgets(
  folder: string,
  json: boolean,
  tell: (text: string) => void,
): Promise<string> {
  const status = await askBot(folder, { ask: 'status' }).catch((error: unknown) => {
    if (errorCodeOf(error) !== 'CLI_BOT_NOT_RUNNING') throw error;
    return lookAtGadgets(folder, tell);
  });
  if (json) return JSON.stringify(status.gadgets, undefined, 2);
  return formatGadgets(status, styleFor(process.stdout));
}

type ListedGadgets = Pick<BotStatusReport, 'gadgets' | 'outputs'>;

/** The gadgets of a bot that does not run, as far as they are known. */
async function lookAtGadgets(folder: string, tell: (text: string) => void): Promise<ListedGadgets> {
  const { gadgets, mistakes } = await lookAtBot(folder, withoutTwitch);
  if (mistakes) tell(messageOf(mistakes));
  return {
    gadgets: gadgets.map(({ name, type, usage, pins, state = 'unknown', node }) => {
      const places = pins.map((pin) => (node === undefined ? pin : `${node}/${pin}`));
      const elsewhere = node === undefined ? {} : { node };
      const still = { busy: false, waiting: 0, verbs: [] };
      return { name, type, state, pins: places, usage, ...elsewhere, ...still };
    }),
    outputs: [],
  };
}

/** A line for each gadget: `lamp  light  GPIO17  on, off in 9 min 3 s`. */
function formatGadgets(listed: ListedGadgets, style: Style): string {
  const { gadgets, outputs } = withPlainTexts(listed);
  if (gadgets.length === 0) return 'The bot has no gadgets. Add some below gpio in plugins.yaml.';
  const rows = gadgets.map(({ name, type, pins, state, usage, away }) => {
    const left = outputs.find(({ gadget }) => gadget === name)?.onTimeLeft;
    const until = left === undefined ? '' : `, off in ${formatDuration(left)}`;
    const now = away === undefined ? `${state}${until}` : away.replace(/\.$/, '');
    return { cells: [name, type, pins.join(' '), now], usage };
  });
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map(({ cells }) => textWidth(cells[column] ?? ''))),
  );
  return rows
    .map(({ cells, usage }) => {
      const text = cells
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - textWidth(cell)))
        .join('  ');
      return `${text}  ${style.dim(usage)}`;
    })
    .join('\n');
}
