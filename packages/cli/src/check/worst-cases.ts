import { Chat } from '@pertybot/core';
import { type Bot, serviceName } from '@pertybot/core/host';
import {
  type Death,
  deaths,
  type GpioConfig,
  outputLevels,
  remoteWorstCases,
  type WorstCase,
  worstCases,
} from '@pertybot/plugin-gpio';
import type { Style } from '../terminal/style.js';
import { textWidth, toPlainText, wrap } from '../terminal/text.js';
import type { Look } from './look-at-bot.js';

/** What {@link findWorstCases} looks at. */
type LookedAt = Pick<Look, 'outputs' | 'nodes'> & {
  readonly bot: Pick<Bot, 'plugins' | 'configOf'>;
};

/** How long each output of a bot stays on at worst, whatever dies, those of other machines last. */
export async function findWorstCases(look: LookedAt): Promise<readonly WorstCase[]> {
  const { nodes } = look;
  const own = await findOwn(look, nodes?.isNode ? nodes.lease : undefined);
  return [...own, ...(nodes ? remoteWorstCases(nodes.outputs, nodes.lease) : [])];
}

async function findOwn(
  { bot, outputs }: LookedAt,
  lease: number | undefined,
): Promise<readonly WorstCase[]> {
  const pins = bot.plugins.find(({ provides }) => provides.includes('Gpio'));
  // The schema of the plugin that provides Gpio has made it.
  const config = pins && (bot.configOf(pins.id) as GpioConfig | undefined);
  if (pins === undefined || config === undefined) return [];
  const { guardian, chatLostAfter, driver } = config;
  // A board in memory stands for the real one. What plugins claim by themselves tells no safe level.
  const known = outputs.filter(({ plugin }) => plugin === pins.id);
  const levels = (await outputLevels(known, driver === 'simulated' ? 'auto' : driver)).outputs;
  const hasChat = bot.plugins.some(
    ({ provides, state }) => provides.includes(serviceName(Chat)) && state.name !== 'disabled',
  );
  return worstCases(outputs, { guardian, chatLostAfter, hasChat, lease, levels });
}

const titles: Readonly<Record<Death, string>> = {
  bot: 'bot dies',
  network: 'network',
  broker: 'broker',
  power: 'power',
};

/** A row for each output, and below them why something cannot be proved. */
export function formatWorstCases(
  cases: readonly WorstCase[],
  style: Style,
  columns?: number,
): readonly string[] {
  if (cases.length === 0) return [];
  const rows = cases.map(toRow);
  const head = [{ text: '' }, ...deaths.map((death) => ({ text: titles[death] }))];
  const widths = head.map((_, index) =>
    Math.max(...[head, ...rows].map((row) => textWidth(row[index]?.text ?? ''))),
  );
  const toLine = (row: readonly Cell[]) =>
    row.map(({ text, paint }, index) => {
      const isLast = index === row.length - 1;
      const padded = isLast ? text : text + ' '.repeat((widths[index] ?? 0) - textWidth(text));
      return paint === undefined ? padded : style[paint](padded);
    });
  const hanging = cases.flatMap(({ botHangs }) => (botHangs.provable ? [botHangs] : []));
  const [longest] = hanging.sort((one, other) => other.within - one.within);
  const notes = [
    ...(longest ? [`A bot that stands still, instead of dying: ${longest.text}.`] : []),
    ...reasonsOf(cases),
  ];
  return [
    style.dim(toLine(head).join('  ')),
    ...rows.map((row) => toLine(row).join('  ')),
    ...notes.map((text) => style.dim(wrap(text, columns, 4))),
  ];
}

interface Cell {
  readonly text: string;
  readonly paint?: 'cyan' | 'yellow';
}

/** The first bound is told in full, the others as short as they can be. */
function toRow(each: WorstCase): readonly Cell[] {
  const name: Cell = {
    text: toPlainText(`${each.gadget} (${each.node ? `${each.node}/${each.pin}` : each.pin})`),
    paint: 'cyan',
  };
  const bounds = deaths.map((death, index): Cell => {
    const { text, provable } = each[death];
    const short = index === 0 ? text : text.replace('off within ', '').replace('off at', 'at');
    return provable ? { text: short } : { text: short, paint: 'yellow' };
  });
  return [name, ...bounds];
}

const inFull: Readonly<Record<Death, string>> = {
  bot: 'the bot dies',
  network: 'the network dies',
  broker: 'the broker dies',
  power: 'the power fails',
};

/** Each reason once, with the outputs of which it is true. */
function reasonsOf(cases: readonly WorstCase[]): readonly string[] {
  const told = deaths.flatMap((death) =>
    cases.flatMap((each) => {
      const bound = each[death];
      return bound.provable ? [] : [{ reason: `when ${inFull[death]}: ${bound.why}.`, each }];
    }),
  );
  const reasons = [...new Set(told.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const names = told.filter((one) => one.reason === reason).map(({ each }) => each.gadget);
    return `Not provable of ${names.map((name) => `"${toPlainText(name)}"`).join(', ')} ${reason}`;
  });
}
