import type { CommandInfo } from '@pertybot/core';
import type { Style } from '../../terminal/style.js';
import { textWidth, wrap } from '../../terminal/text.js';
import { channelLines } from './channel-lines.js';
import { eventVerbs } from './event-verbs.js';

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

/** What the help is written on. */
export interface DevHelpPaper {
  readonly style: Style;
  /** Of the terminal; undefined for what is none. */
  readonly columns: number | undefined;
}

/** What stops everything is nobody's first try. */
const last = ['help', 'estop', 'stop'];

/** The commands in use; those that stop everything come last. */
export function harmlessFirst(commands: readonly CommandInfo[]): readonly CommandInfo[] {
  return commands
    .filter(({ enabled }) => enabled)
    .toSorted((one, other) => last.indexOf(one.ownName) - last.indexOf(other.ownName));
}

/** The answer to `help` at the prompt. */
export function formatDevHelp(topics: DevHelpTopics, paper: DevHelpPaper): string {
  const { style } = paper;
  const { prefix, speaker, buttons } = topics;
  const known = harmlessFirst(topics.commands);
  const usages = known.map(({ usage }) => usage);
  const example = `${prefix}${exampleOf(usages.find(hasChoice) ?? usages[0] ?? 'help')}`;
  const lines: [string, string][] = [
    [example, `says it as ${speaker}, the broadcaster`],
    [`alice: ${example}`, 'says it as alice, a viewer'],
    [`alice[mod]: ${example}`, 'as a moderator; also sub, vip, broadcaster, or [sub,vip]'],
  ];
  const others: [string, string][] = [
    ...buttons.map((name): [string, string] => [`press ${name}`, 'presses the button']),
    ['quit', 'stops the bot, as Ctrl-C does'],
  ];
  const commands = known.map(({ usage, about }): [string, string] => [
    `${prefix}${briefly(usage)}`,
    about,
  ]);
  return [
    style.bold('Type a line, and the bot hears it in chat:'),
    ...table(lines, paper),
    style.bold('Let something happen there:'),
    ...table(
      [...eventVerbs, ...channelLines].map(({ example: line, about }) => [line, about]),
      paper,
    ),
    style.bold('Besides:'),
    ...table(others, paper),
    style.bold('Commands of this bot:'),
    ...table(commands, paper),
  ].join('\n');
}

/** `lamp <state:on|off>`, whose first choice is `on`. */
const choice = /^\S+ <(?:[^:>|]+:)?([^|>]+)\|/;

function hasChoice(usage: string): boolean {
  return choice.test(usage);
}

/** A command with the first word that it may be given: `lamp on`. */
function exampleOf(usage: string): string {
  const [name = ''] = usage.split(' ');
  const word = choice.exec(usage)?.[1];
  return word === undefined ? name : `${name} ${word}`;
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

function table(
  rows: readonly (readonly [string, string])[],
  { style, columns }: DevHelpPaper,
): string[] {
  const widths = rows.map(([left]) => textWidth(left)).filter((width) => width <= mostWidth);
  const column = Math.max(0, ...widths);
  return rows.map(([left, right]) => {
    const width = Math.max(column, textWidth(left));
    const space = ' '.repeat(width - textWidth(left) + 2);
    return `  ${style.cyan(left)}${space}${style.dim(wrap(right, columns, width + 4))}`;
  });
}
