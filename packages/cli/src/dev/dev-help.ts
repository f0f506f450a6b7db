import type { CommandInfo } from '@pertybot/core';
import type { Style } from '../terminal/style.js';
import { textWidth } from '../terminal/text-width.js';

/** What the help of `pertybot dev` tells about. */
export interface DevHelpTopics {
  readonly commands: readonly CommandInfo[];
  /** What chat commands begin with. */
  readonly prefix: string;
  /** As whom the owner speaks. */
  readonly speaker: string;
  /** Names of the inputs that `press` presses. */
  readonly buttons: readonly string[];
}

/** The answer to `help` at the prompt. */
export function formatDevHelp(topics: DevHelpTopics, style: Style): string {
  const { commands, prefix, speaker, buttons } = topics;
  const example = commands.find(({ name }) => name !== 'help')?.name ?? 'help';
  const rows: [string, string][] = [
    [`${prefix}${example}`, `says it as ${speaker}, the broadcaster`],
    [`alice: ${prefix}${example}`, 'says it as alice, a viewer'],
    [`alice[mod]: ${prefix}${example}`, 'as a moderator; also sub, vip, broadcaster, or [sub,vip]'],
    ...buttons.map((name): [string, string] => [`press ${name}`, 'presses the button']),
    ['quit', 'stops the bot, as Ctrl-C does'],
  ];
  const known = commands
    .filter(({ enabled }) => enabled)
    .map(({ usage, about }): [string, string] => [`${prefix}${briefly(usage)}`, about]);
  return [
    style.bold('Type a line, and the bot hears it in chat:'),
    ...table(rows, style),
    style.bold('Commands of this bot:'),
    ...table(known, style),
  ].join('\n');
}

/** A signature without the types of its arguments, save for words to choose from. */
function briefly(usage: string): string {
  return usage.replace(
    /([<[])([^:\]>]+):([^\]>]+)/g,
    (_, open: string, name: string, type: string) =>
      type.includes('|') ? `${open}${type}` : `${open}${name}`,
  );
}

/** Widest left column; what is wider pushes its explanation to the right. */
const mostWidth = 36;

function table(rows: readonly (readonly [string, string])[], style: Style): string[] {
  const widths = rows.map(([left]) => textWidth(left)).filter((width) => width <= mostWidth);
  const column = Math.max(0, ...widths);
  return rows.map(([left, right]) => {
    const space = ' '.repeat(Math.max(0, column - textWidth(left)) + 2);
    return `  ${style.cyan(left)}${space}${style.dim(right)}`;
  });
}
