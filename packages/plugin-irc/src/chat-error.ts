import { PertyError } from '@pertybot/core';
import type { ConnectionEnd } from './tmi/chat-connection.js';

/** Every code of a {@link ChatError}; docs/errors.md explains each. */
export type ChatErrorCode =
  | 'CHAT_UNREACHABLE'
  | 'CHAT_CONNECT_TIMEOUT'
  | 'CHAT_LOGIN_REJECTED'
  | 'CHAT_CONNECTION_LOST'
  | 'CHAT_SILENT'
  | 'CHAT_JOIN_FAILED';

/** Says whenever chat cannot be reached, refuses the bot, or is lost. */
export class ChatError extends PertyError<ChatErrorCode> {}

/** The error behind the end of a connection; undefined where the end is ordinary. */
export function toChatError({ reason, text }: ConnectionEnd): ChatError | undefined {
  switch (reason) {
    case 'unreachable':
      return new ChatError('CHAT_UNREACHABLE', `Chat cannot be reached: "${text}".`, {
        hint: `${toCheck(text)}; the bot tries again by itself.`,
      });
    case 'timeout':
      return new ChatError('CHAT_CONNECT_TIMEOUT', `Chat did not answer: "${text}".`, {
        hint: 'Check that no firewall stops port 443; the bot tries again by itself.',
      });
    case 'rejected':
      return toLoginRejected(text, 0);
    case 'lost':
      return new ChatError('CHAT_CONNECTION_LOST', `The chat connection was lost: "${text}".`, {
        hint: 'The bot connects again by itself; if it happens often, check the network.',
      });
    case 'silent':
      return new ChatError('CHAT_SILENT', `The chat connection is dead: "${text}".`, {
        hint: 'The bot connects again by itself; if it happens often, check the network.',
      });
    case 'moved':
    case 'left':
      return undefined;
  }
}

/**
 * The error of a login that Twitch refused.
 * @param delay milliseconds until the next login, 0 for one that follows as soon as there is a token
 */
export function toLoginRejected(text: string, delay: number): ChatError {
  return new ChatError('CHAT_LOGIN_REJECTED', `Twitch refused the login to chat: "${text}".`, {
    hint:
      delay === 0
        ? 'The bot asks for another token and tries again.'
        : 'The bot tries again by itself, after pauses that grow to a minute; if it goes on, run "pertybot login".',
  });
}

function toCheck(text: string): string {
  // A Raspberry Pi has no battery clock: until it knows the time, it takes no certificate.
  if (/certificate/i.test(text)) return 'Check that the clock of this machine is right';
  // Something answered, so that the way there is fine.
  if (/unexpected server response/i.test(text)) return 'Nothing to do: it is the server that fails';
  return 'Check the network of this machine';
}
