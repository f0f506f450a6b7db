import type { ChatMessage } from '../contracts/chat.js';
import { type Attribution, runFor } from '../events/attribution.js';
import type { OnFault } from '../events/event-hub.js';
import type { RegisteredCommand } from './command-registry.js';
import type { ArgumentWords } from './command-signature.js';

/** What was called, and with which words. */
export interface CalledCommand {
  readonly command: RegisteredCommand;
  readonly words: ArgumentWords;
}

/** The arguments of a call; undefined when the words do not fit the signature, or an author's own type throws. */
export function parseArguments(
  message: ChatMessage,
  { command, words }: CalledCommand,
  onFault: OnFault,
): Readonly<Record<string, unknown>> | undefined {
  const { signature } = command;
  if (!signature.hasOwnTypes) return signature.parse(words);
  const attribution = attributeCall(command, message);
  try {
    return runFor(attribution, () => signature.parse(words));
  } catch (error) {
    onFault(attribution, error);
    return undefined;
  }
}

/** Whose code runs when `message` calls `command`, and for whom. */
export function attributeCall(command: RegisteredCommand, message: ChatMessage): Attribution {
  return {
    plugin: command.owner.id,
    where: command.where,
    messageId: message.id,
    viewer: message.user.id,
    command: command.name,
    user: message.user.login,
  };
}
