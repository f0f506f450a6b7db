import { Bot, silentLogger } from '@pertybot/core/host';
import {
  type GpioConfig,
  header,
  type OutputInfo,
  type OutputLevels,
  outputLevels,
  planGadgets,
} from '@pertybot/plugin-gpio';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { lookAtNodes } from '../check/look-at-nodes.js';
import type { Style } from '../terminal/style.js';
import { textWidth, toPlainText, withPlainTexts } from '../terminal/text.js';

/** A pin of the header as `pinout --json` lists it. */
export interface HeaderPin {
  /** Number on the header, 1 to 40. */
  readonly board: number;
  /** `GPIO17`, `GND`, `3V3` or `5V`. */
  readonly name: string;
  /** Gadgets and plugins that use it. */
  readonly usedBy: readonly string[];
  /** Of an output: its levels while no bot holds it. */
  readonly levels?: OutputLevels;
}

/** The 40 pins of the header with what hangs at them. */
export function headerPins(
  used: readonly UsedPin[],
  levels: readonly OutputLevels[] = [],
): readonly HeaderPin[] {
  return header.map((role, index) => {
    const name = typeof role === 'number' ? `GPIO${role}` : role;
    const users = used.filter(({ pin }) => pin === name).map(({ by }) => by);
    const ofPin = levels.find(({ pin }) => pin === name);
    return {
      board: index + 1,
      name,
      usedBy: [...new Set(users)],
      ...(ofPin ? { levels: ofPin } : {}),
    };
  });
}

/** The header as it lies on the Pi: odd pins on the left, even ones on the right. */
export function formatPinout(pins: readonly HeaderPin[], style: Style): string {
  const rows = pins.filter(({ board }) => board % 2 === 1);
  const labels = rows.map((pin) => usersOf(pin, style));
  const width = Math.max(0, ...labels.map(textWidth));
  return rows
    .map((left, index) => {
      const label = labels[index] ?? '';
      const right = pins[left.board];
      const space = ' '.repeat(width - textWidth(label));
      const start = `${space}${label} ${nameOf(left, 'left', style)} ${boardOf(left)} ${dotOf(left, style)}`;
      if (right === undefined) return start;
      const end = `${dotOf(right, style)} ${boardOf(right)} ${nameOf(right, 'right', style)}`;
      return `${start} ${end} ${usersOf(right, style)}`.trimEnd();
    })
    .join('\n');
}

function usersOf({ usedBy }: HeaderPin, style: Style): string {
  const text = toPlainText(usedBy.join(', '));
  // Two on one pin is a mistake that the bot refuses.
  return usedBy.length > 1 ? style.red(text) : style.bold(text);
}

function dotOf({ name, usedBy }: HeaderPin, style: Style): string {
  if (usedBy.length > 0) return style.yellow('◉');
  if (name === 'GND') return style.dim('●');
  return name === '3V3' || name === '5V' ? style.red('●') : style.green('○');
}

function boardOf({ board }: HeaderPin): string {
  return board % 2 === 1 ? String(board).padStart(2) : String(board).padEnd(2);
}

function nameOf({ name, usedBy }: HeaderPin, side: 'left' | 'right', style: Style): string {
  const text = side === 'left' ? name.padStart(6) : name.padEnd(6);
  return usedBy.length > 0 ? style.yellow(text) : style.dim(text);
}

/** A pin that the bot uses. */
export interface UsedPin {
  /** Such as `GPIO17`. */
  readonly pin: string;
  /** Gadget or plugin that uses it. */
  readonly by: string;
}

/** A pin of another machine. */
export interface PinElsewhere {
  readonly node: string;
  readonly name: string;
  readonly usedBy: readonly string[];
}

/** A line for each pin of other machines. */
export function formatElsewhere(pins: readonly PinElsewhere[], style: Style): readonly string[] {
  const plain = withPlainTexts(pins);
  const width = Math.max(0, ...plain.map(({ node }) => textWidth(node)));
  return plain.map(({ node, name, usedBy }) => {
    const users = style.bold(usedBy.join(', '));
    return `${node}${' '.repeat(width - textWidth(node))} ${style.yellow('◉')} ${name.padEnd(6)} ${users}`;
  });
}

/** What hangs at the header. */
export interface UsedHeader {
  readonly pins: readonly UsedPin[];
  /** The levels of the gadgets' outputs while no bot holds them. */
  readonly levels: readonly OutputLevels[];
  /** What hangs at other machines, as they told of it last. */
  readonly elsewhere: readonly PinElsewhere[];
}

const pinForm = /^GPIO\d+$/;

/**
 * The pins that a bot's plugins.yaml hands out: those of its gadgets, and those in the config of other
 * plugins.
 * @throws ConfigError when plugins.yaml has faults
 */
export async function readUsedPins(folder: string): Promise<UsedHeader> {
  const bot = await Bot.load({
    folder,
    logger: silentLogger,
    resolveFrom: besidePertybot,
    mayLack: true,
    // Whether the login is set up does not matter for wires.
    overlay: { '@pertybot/plugin-oauth': { clientId: 'none', clientSecret: 'none' } },
  });
  const pins = bot.plugins.flatMap(({ id }) => pinsIn(bot.configOf(id), id));
  const levels = await Promise.all(
    bot.plugins
      .filter(({ provides, state }) => provides.includes('Gpio') && state.name !== 'disabled')
      // A variable that is missing may leave none.
      .filter(({ id }) => bot.configOf(id) !== undefined)
      // The schema of the plugin that provides Gpio has made it.
      .map(({ id }) => levelsOfGadgets(bot.configOf(id) as GpioConfig)),
  );
  const nodes = await lookAtNodes(bot);
  const elsewhere = (nodes?.gadgets ?? []).flatMap((gadget) =>
    gadget.pins.map((name) => ({ node: gadget.node, name, usedBy: [gadget.name] })),
  );
  return { pins, levels: levels.flat(), elsewhere };
}

/** Gadgets that cannot be built are `check`'s to tell. */
async function levelsOfGadgets(config: GpioConfig): Promise<readonly OutputLevels[]> {
  const none: { readonly outputs: readonly OutputInfo[] } = { outputs: [] };
  const { outputs } = await planGadgets(config).catch(() => none);
  return (await outputLevels(outputs, config.driver)).outputs;
}

/** Pins anywhere below a config; below `gadgets` each key names a gadget. */
export function pinsIn(config: unknown, by: string): readonly UsedPin[] {
  if (typeof config === 'string') return pinForm.test(config) ? [{ pin: config, by }] : [];
  if (typeof config !== 'object' || config === null) return [];
  return Object.entries(config).flatMap(([key, value]) => {
    if (key === 'gadgets' && typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([name, gadget]) => pinsIn(gadget, name));
    }
    return pinsIn(value, by);
  });
}
