import { parsePin } from '@pertybot/plugin-gpio';
import { CliError } from '../terminal/cli-error.js';
import type { TerminalPrompt } from '../terminal/terminal-prompt.js';
import type { NewBot } from './bot-template.js';

/** What was said by flags; the rest is asked for, or takes its default. */
export type NewBotFlags = { readonly [key in keyof NewBot]?: NewBot[key] | undefined };

/** What a bot is like about which nothing was said. */
const defaults: NewBot = {
  channel: 'mychannel',
  account: undefined,
  login: 'auto',
  gadget: 'light',
  pin: 'GPIO17',
};

const gadgets: readonly NewBot['gadget'][] = ['light', 'relay', 'buzzer', 'none'];
const logins: readonly NewBot['login'][] = ['auto', 'browser', 'device'];

/** Asks for what the flags leave open; with `ask: false` everything open takes its default. */
export async function askForBot(
  flags: NewBotFlags,
  prompt: Pick<TerminalPrompt, 'ask' | 'show'>,
  ask: boolean,
): Promise<NewBot> {
  const said = definedOf(flags);
  if (!ask) return { ...defaults, ...said };
  const question = new Questions(prompt);
  const channel = said.channel ?? (await question.login('Your Twitch channel', defaults.channel));
  const account =
    said.account ?? (await question.login('Account of the bot (empty: whichever logs in)', ''));
  const login = said.login ?? (await question.choice('How does it log in', logins));
  const gadget = said.gadget ?? (await question.choice('First gadget', gadgets));
  const pin = gadget === 'none' ? defaults.pin : (said.pin ?? (await question.pin(defaults.pin)));
  return { channel, account: account || undefined, login, gadget, pin };
}

/** A login as Twitch has it; undefined for what can be none. */
export function toLogin(text: string): string | undefined {
  const login = text.trim().replace(/^[#@]/, '').toLowerCase();
  return /^[a-z0-9_]{1,25}$/.test(login) ? login : undefined;
}

function definedOf(flags: NewBotFlags): Partial<NewBot> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

/** Questions that are asked again until the answer makes sense. */
class Questions {
  constructor(private readonly prompt: Pick<TerminalPrompt, 'ask' | 'show'>) {}

  login(what: string, standard: string): Promise<string> {
    return this.ask(what, standard, toLogin, 'A name has letters, digits and underscores.');
  }

  choice<Choice extends string>(what: string, choices: readonly Choice[]): Promise<Choice> {
    const all = choices.join(', ');
    const find = (text: string) => choices.find((each) => each === text.trim().toLowerCase());
    return this.ask(`${what} (${all})`, choices[0] ?? '', find, `Say ${all}.`);
  }

  pin(standard: string): Promise<string> {
    return this.ask('At which pin', standard, toPin, 'Name a pin such as GPIO17 or BOARD11.');
  }

  private async ask<Value extends string>(
    what: string,
    standard: string,
    read: (text: string) => Value | undefined,
    hint: string,
  ): Promise<Value> {
    for (;;) {
      const shown = standard === '' ? what : `${what} [${standard}]`;
      const answer = await this.prompt.ask(`${shown}:`);
      // Nobody there any more: what is not said takes its default.
      const text = answer === undefined || answer.trim() === '' ? standard : answer;
      // Only a question whose standard is empty takes an empty answer.
      const value = text === '' ? ('' as Value) : read(text);
      if (value !== undefined) return value;
      this.prompt.show(hint);
    }
  }
}

function toPin(text: string): string | undefined {
  try {
    return parsePin(text).name;
  } catch {
    return undefined;
  }
}

/**
 * Checks what the flags of `pertybot init` say.
 * @throws CliError CLI_NAME_INVALID for what is no Twitch name; GpioError for what is no pin
 */
export function readInitFlags(flags: NewBotFlags): NewBotFlags {
  const { channel, account, login, gadget, pin } = flags;
  return {
    channel: channel === undefined ? undefined : requireLogin(channel),
    account: account === undefined ? undefined : requireLogin(account),
    login,
    gadget,
    pin: pin === undefined ? undefined : parsePin(pin).name,
  };
}

function requireLogin(text: string): string {
  const login = toLogin(text);
  if (login !== undefined) return login;
  throw new CliError('CLI_NAME_INVALID', `"${text}" can be no name at Twitch.`, {
    hint: 'A name has up to 25 letters, digits and underscores.',
  });
}
