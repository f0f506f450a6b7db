import type { Chat, ChatMessage, Delivery } from '../contracts/chat.js';
import type { CommandContext } from '../contracts/command.js';
import type { RegisteredCommand } from './command-registry.js';
import type { PassOn } from './user-queue.js';

/** A call whose arguments fit. */
export interface Call {
  readonly command: RegisteredCommand;
  /** Name by which the command was called. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a context is made with. */
export interface ContextParts {
  readonly chat: Chat | undefined;
  /** Ends the handler's turn: a reply may be on its way for half a minute. */
  readonly passOn: PassOn;
  /** Told why an answer was not said: its command was in vain. */
  readonly onUnsaid: (reason: string) => void;
}

/** What becomes of a text where no plugin brings a chat. */
const nowhere: Promise<Delivery> = Promise.resolve({ status: 'dropped', reason: 'no chat' });

/** What becomes of the answer to an urgent call that comes again within the cooldown. */
const unsaid: Promise<Delivery> = Promise.resolve({ status: 'dropped', reason: 'cooldown' });

/** Makes what a handler is given. */
export function createContext(
  message: ChatMessage,
  { command, name, args }: Call,
  { chat, passOn, onUnsaid }: ContextParts,
): CommandContext {
  const { user, channel } = message;
  const send = (delivery: Promise<Delivery> = nowhere) => {
    passOn();
    return delivery;
  };
  const answer = async (text: string) => {
    if (chat === undefined) return send();
    const delivery = await send(chat.reply(message, text));
    if (delivery.status === 'dropped') onUnsaid(delivery.reason);
    return delivery;
  };
  return {
    args,
    user,
    channel,
    message,
    command: name,
    log: command.owner.log,
    signal: command.owner.signal,
    reply: answer,
    say: (text) => send(chat?.say(text, { channel })),
  };
}

/** The same for a handler whose answer nobody is to hear. */
export function mute(context: CommandContext): CommandContext {
  return { ...context, reply: () => unsaid, say: () => unsaid };
}
