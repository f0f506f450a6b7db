import { parsePin } from '@pertybot/plugin-gpio';
import { CliError } from '../terminal/cli-error.js';
import { type NewBotFlags, toLogin } from './ask-for-bot.js';

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
