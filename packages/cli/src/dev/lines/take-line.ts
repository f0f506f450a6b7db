import { type CommandInfo, nearest } from '@pertybot/core';
import type { ChannelEcho } from './channel-happening.js';
import { type ChatLine, type LineFault, parseChatLine } from './chat-line.js';
import { parseEvent } from './parse-event.js';
import type { TwitchEvent } from './twitch-event.js';

/** What became of a line that was said, or of something that happened. */
export type Heard = 'handled' | 'nobody' | 'late';

/** `nothing`: there was nothing that it could happen to. */
export type Happened = Heard | 'nothing' | LineFault | Extract<ChannelEcho, { deafTo: unknown }>;

/** What {@link takeLine} needs of the bot. */
export interface LineTaker {
  /** What chat commands begin with. */
  readonly prefix: string;
  readonly commands: readonly Pick<CommandInfo, 'name' | 'aliases' | 'enabled'>[];
  readonly buttons: readonly string[];
  say(line: ChatLine): Promise<Heard>;
  happen(event: TwitchEvent): Promise<Happened>;
  press(name: string): Promise<boolean>;
}

/** How {@link takeLine} answers. */
export interface LineAnswers {
  /** Shows the help. */
  help(): void;
  /** Tells what is wrong with a line, and what to do. */
  complain(fault: string, hint: string): void;
}

/**
 * Does what a line asks for; resolves when that is done.
 * @returns whether more lines are wanted
 */
export async function takeLine(
  line: string,
  bot: LineTaker,
  answers: LineAnswers,
): Promise<boolean> {
  const input = parseDevInput(line, bot.prefix);
  switch (input.kind) {
    case 'nothing':
      return true;
    case 'quit':
      return false;
    case 'help':
      answers.help();
      return true;
    case 'fault':
      answers.complain(input.fault, input.hint);
      return true;
    case 'press':
      if (!(await bot.press(input.gadget))) complainOfButton(input.gadget, bot, answers);
      return true;
    case 'event':
      complainOfEvent(await bot.happen(input.event), input.event, answers);
      return true;
    case 'chat':
      complainOf(await bot.say(input.line), input.line.text, answers);
      complainOfCommand(input.line.text, bot, answers);
      return true;
  }
}

function complainOf(heard: Heard, what: string, answers: LineAnswers): void {
  if (heard === 'nobody') {
    answers.complain(
      `Nobody heard "${what}": the bot sits in no channel.`,
      'Add irc to plugins.yaml, or see above why it did not start.',
    );
  }
  if (heard === 'late') {
    answers.complain(
      `"${what}" is still being handled after 10 seconds.`,
      'Its command may wait for something; the next line goes on beside it.',
    );
  }
}

function complainOfEvent(happened: Happened, event: TwitchEvent, answers: LineAnswers): void {
  if (typeof happened === 'object') {
    if ('fault' in happened) answers.complain(happened.fault, happened.hint);
    else complainOfDeafness(happened.deafTo, answers);
  } else if (happened !== 'nothing') complainOf(happened, event.kind, answers);
  else if ('login' in event) {
    const { login } = event;
    answers.complain(`"${login}" has said nothing yet.`, `Write such as ${login}: hello first.`);
  }
}

function complainOfDeafness(events: readonly string[], answers: LineAnswers): void {
  const names = events.map((event) => `"${event}"`).join(' or ');
  answers.complain(
    `It happened, but the bot does not listen to ${names}.`,
    "Add eventsub to plugins.yaml, and a plugin, a gadget's on: or a text that listens.",
  );
}

function complainOfButton(name: string, { buttons }: LineTaker, answers: LineAnswers): void {
  const meant = nearest(name, buttons);
  const hint = meant ? `Did you mean "press ${meant}"?` : 'Type help to see its buttons.';
  answers.complain(`The board has no button "${name}".`, hint);
}

/** Chat hears nothing of a command that is none; whoever tries the bot out wants to. */
function complainOfCommand(text: string, bot: LineTaker, answers: LineAnswers): void {
  if (!text.startsWith(bot.prefix)) return;
  const [name = ''] = text.slice(bot.prefix.length).toLowerCase().split(/\s/);
  const names = bot.commands
    .filter(({ enabled }) => enabled)
    .flatMap(({ name: own, aliases }) => [own, ...aliases]);
  const meant = nearest(name, names);
  if (name === '' || meant === undefined || names.includes(name)) return;
  answers.complain(
    `There is no command "${bot.prefix}${name}".`,
    `Did you mean "${bot.prefix}${meant}"?`,
  );
}

/** What a line typed into `pertybot dev` asks for. */
export type DevInput =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'press'; readonly gadget: string }
  | { readonly kind: 'event'; readonly event: TwitchEvent }
  | { readonly kind: 'chat'; readonly line: ChatLine }
  | ({ readonly kind: 'fault' } & LineFault);

/** Characters beyond which a line is not looked at: the rest of the way takes longer, the longer it is. */
const longestLine = 2_000;

/**
 * Reads a line: empty ones and comments (`#`) ask for nothing, words of ours come before chat.
 * @param prefix what chat commands begin with
 */
export function parseDevInput(input: string, prefix: string): DevInput {
  const line = input.trim();
  if (line.length > longestLine) return tooLong(line);
  if (line === '' || line.startsWith('#')) return { kind: 'nothing' };
  if (line === 'help' || line === '?') return { kind: 'help' };
  if (line === 'quit' || line === 'exit') return { kind: 'quit' };
  const press = /^press(?:\s+(\S+))?$/.exec(line);
  if (press) return readPress(press[1]);
  const event = parseEvent(line);
  if (event !== undefined) {
    return 'fault' in event ? { kind: 'fault', ...event } : { kind: 'event', event };
  }
  const forgotten = readForgottenColon(line, prefix);
  if (forgotten !== undefined) return forgotten;
  const chat = parseChatLine(line);
  return 'fault' in chat ? { kind: 'fault', ...chat } : { kind: 'chat', line: chat };
}

function readPress(gadget: string | undefined): DevInput {
  if (gadget !== undefined) return { kind: 'press', gadget };
  return {
    kind: 'fault',
    fault: '"press" needs the name of a button.',
    hint: 'Write such as press panic.',
  };
}

function tooLong(line: string): DevInput {
  return {
    kind: 'fault',
    fault: `The line has ${line.length} characters; Twitch takes 500.`,
    hint: 'Write a shorter one.',
  };
}

/** `alice !lamp on` would be said by the owner, which nobody means. */
function readForgottenColon(line: string, prefix: string): DevInput | undefined {
  const [, speaker, text = ''] = /^(@?\w{1,25}(?:\[[^\]]*\])?)\s+(\S.*)$/su.exec(line) ?? [];
  if (speaker === undefined || !text.startsWith(prefix)) return undefined;
  return {
    kind: 'fault',
    fault: `"${line}" is no command: a name stands before it.`,
    hint: `Did you mean "${speaker}: ${text}"?`,
  };
}
