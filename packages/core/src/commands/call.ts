import type { Chat, ChatMessage, Delivery } from '../contracts/chat.js';
import { type CommandContext, CommandError } from '../contracts/command.js';
import { plainWord } from '../contracts/plain-word.js';
import { type Attribution, runFor } from '../events/attribution.js';
import type { OnFault } from '../events/event-hub.js';
import type { RegisteredCommand } from './command-registry.js';
import type { ArgumentWords, CommandSignature } from './command-signature.js';
import type { PassOn } from './user-queue.js';

const nothing: ArgumentWords = { words: [], line: '' };

/**
 * Whether a call switches off, and so must wait for nothing.
 * @returns the one word that counts, whatever stands behind it; undefined for an ordinary call
 */
export function readUrgentWords(
  { urgent }: RegisteredCommand,
  { words: [first] }: ArgumentWords,
): ArgumentWords | undefined {
  if (urgent === undefined) return undefined;
  if (urgent === true) return nothing;
  if (first === undefined) return undefined;
  const written = first.text.toLowerCase();
  const text = urgent.has(written) ? written : plainWord(written);
  return urgent.has(text) ? { words: [{ text, start: 0 }], line: text } : undefined;
}

/** Words to be read, and whose code reads them where a type is an author's own. */
interface GivenWords {
  readonly signature: CommandSignature;
  readonly words: ArgumentWords;
  readonly attribution: Attribution;
}

/** The arguments of a call; undefined when the words do not fit the signature, or an author's own type throws. */
export function parseArguments(
  { signature, words, attribution }: GivenWords,
  onFault: OnFault,
): Readonly<Record<string, unknown>> | undefined {
  if (!signature.hasOwnTypes) return signature.parse(words);
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

/** A call whose arguments fit. */
export interface Call {
  readonly command: RegisteredCommand;
  /** Name by which the command was called. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly attribution: Attribution;
}

/** What a context is made with. */
interface ContextParts {
  /** Asked when something is to be said. */
  readonly chat: () => Chat | undefined;
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
    checkText('reply', text);
    const said = chat()?.reply(message, text);
    const delivery = await send(said);
    if (said && delivery.status === 'dropped') onUnsaid(delivery.reason);
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
    say: async (text) => {
      checkText('say', text);
      return send(chat()?.say(text, { channel }));
    },
  };
}

/**
 * Checks what is to be said in chat: what a server did not answer is often `undefined`.
 * @throws CommandError COMMAND_TEXT_INVALID
 */
export function checkText(name: 'reply' | 'say', text: unknown): asserts text is string {
  if (typeof text === 'string') return;
  const given = text === null || text === undefined ? String(text) : toKind(text);
  throw new CommandError(
    'COMMAND_TEXT_INVALID',
    `${name}() needs a text, and was given ${given}.`,
    {
      hint: `Look at where the value comes from; a number is written as ${name}(String(number)).`,
    },
  );
}

/** The same for a handler whose answer nobody is to hear. */
export function mute(context: CommandContext): CommandContext {
  return { ...context, reply: () => unsaid, say: () => unsaid };
}

/** Tells authors whose handlers return a text, where they most likely meant to reply with it. */
export class ReturnedTexts {
  private readonly told = new WeakSet<RegisteredCommand>();

  /** Says it once for each command. */
  tell(command: RegisteredCommand): void {
    if (this.told.has(command)) return;
    this.told.add(command);
    command.owner.log.warn(
      `The command "${command.name}" returned a text, which nobody is told. Write: reply(text)`,
    );
  }
}

function toKind(value: unknown): string {
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
