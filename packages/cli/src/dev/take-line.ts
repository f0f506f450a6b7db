import type { ChatLine } from './chat-line.js';
import { parseDevInput } from './dev-input.js';
import type { Heard } from './dev-session.js';

/** What {@link takeLine} needs of the bot. */
export interface LineTaker {
  say(line: ChatLine): Promise<Heard>;
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
  const input = parseDevInput(line);
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
      if (!(await bot.press(input.gadget))) {
        answers.complain(
          `The board has no button "${input.gadget}".`,
          'Type help to see its buttons.',
        );
      }
      return true;
    case 'chat':
      complainOf(await bot.say(input.line), input.line, answers);
      return true;
  }
}

function complainOf(heard: Heard, line: ChatLine, answers: LineAnswers): void {
  if (heard === 'nobody') {
    answers.complain(
      `Nobody heard "${line.text}": the bot sits in no channel.`,
      'Add irc to plugins.yaml, or see above why it did not start.',
    );
  }
  if (heard === 'late') {
    answers.complain(
      `"${line.text}" is still being handled after 10 seconds.`,
      'Its command may wait for something; the next line goes on beside it.',
    );
  }
}
