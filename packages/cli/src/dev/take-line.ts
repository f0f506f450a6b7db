import { type CommandInfo, nearest } from '@pertybot/core';
import type { ChatLine } from './chat-line.js';
import { parseDevInput } from './dev-input.js';
import type { Happened, Heard } from './dev-session.js';
import type { TwitchEvent } from './twitch-event.js';

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
  if (happened !== 'nothing') complainOf(happened, event.kind, answers);
  else if ('login' in event) {
    const { login } = event;
    answers.complain(`"${login}" has said nothing yet.`, `Write such as ${login}: hello first.`);
  }
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
