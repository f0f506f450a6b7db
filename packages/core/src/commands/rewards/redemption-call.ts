import type { Chat, ChatMessage, Delivery } from '../../contracts/chat.js';
import {
  type CommandContext,
  type CommandHandler,
  type Refusal,
  refuse,
} from '../../contracts/command.js';
import type { Redemption } from '../../contracts/redemption.js';
import type { Attribution } from '../../events/attribution.js';
import type { OnFault } from '../../events/event-hub.js';
import { checkText, parseArguments } from '../call.js';
import { splitWords } from '../command-line.js';
import type { CommandRegistry, RegisteredCommand } from '../command-registry.js';
import type { CommandSignature } from '../command-signature.js';
import type { PassOn } from '../user-queue.js';
import type { RegisteredReward } from './reward-registry.js';

/** Characters of what a viewer typed that are looked at; Twitch takes 500. */
const longestText = 2_000;

/** What a redemption runs, with its arguments. */
export interface RedemptionCall {
  readonly reward: RegisteredReward;
  /** The command that it runs; undefined for an author's own handler. */
  readonly command: RegisteredCommand | undefined;
  readonly handler: CommandHandler<never>;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The command that a reward runs, and the words behind its name. */
export interface RunLine {
  readonly command: RegisteredCommand | undefined;
  /** As it is written. */
  readonly name: string;
  readonly rest: string;
}

/** Reads what plugins.yaml has a reward run. The prefix of the bot may stand before it. */
export function readRunLine(run: string, plugin: string, commands: CommandRegistry): RunLine {
  const [first = '', ...others] = run.trim().split(/\s+/u);
  const name = first.toLowerCase();
  const own = commands.of(plugin);
  const command =
    own.find((each) => each.name === name || each.aliases.includes(name)) ??
    own.find((each) => each.ownName === name);
  return { command, name: first, rest: others.length === 0 ? '' : run.trim().slice(first.length) };
}

/** What the handler of a reward is, and what it is given; a refusal where the words do not fit. */
export function toCall(
  reward: RegisteredReward,
  redemption: Redemption,
  { commands, onFault }: { readonly commands: CommandRegistry; readonly onFault: OnFault },
): RedemptionCall | Refusal {
  const text = redemption.text.slice(0, longestText);
  const attribution = attributeRedemption(reward, redemption);
  const read = (signature: CommandSignature, line: string) =>
    parseArguments({ signature, words: splitWords(line), attribution }, onFault);
  const { work } = reward;
  if ('handler' in work) {
    const args = read(work.signature, text);
    if (args === undefined) return refuseWords('', work.signature);
    return { reward, command: undefined, handler: work.handler, args };
  }
  const { command, name, rest } = readRunLine(work.run, reward.owner.id, commands);
  if (command === undefined) {
    return refuse('gone', { values: { what: name } });
  }
  const args = read(command.signature, reward.input ? `${rest} ${text}` : rest);
  if (args === undefined) return refuseWords(rest, command.signature);
  return { reward, command, handler: command.handler, args };
}

/** What a viewer has to type: behind the words that the owner has written. */
function refuseWords(rest: string, { parameters, example }: CommandSignature): Refusal {
  const words = rest.trim();
  const usage = words === '' ? parameters : `${words} … (${parameters})`;
  return refuse('arguments', { values: { usage, example } });
}

/** Whose code runs for a redemption, and for whom. */
export function attributeRedemption(
  { owner, where, name }: RegisteredReward,
  { id, user }: Redemption,
): Attribution {
  const { id: plugin } = owner;
  return { plugin, where, messageId: id, viewer: user.id, reward: name, user: user.login };
}

/** The line of chat that stands for a redemption. */
export function toMessage({ id, channel, user, text, redeemedAt }: Redemption): ChatMessage {
  return {
    id,
    channel,
    roomId: '',
    user,
    text,
    action: false,
    bits: 0,
    replyTo: undefined,
    customRewardId: undefined,
    firstMessage: false,
    sentAt: redeemedAt,
    mentionsBot: false,
  };
}

/** What a context for a redemption is made with. */
interface ContextParts {
  readonly redemption: Redemption;
  readonly chat: () => Chat | undefined;
  readonly passOn: PassOn;
  /** Whether what was asked for is not done, so that chat is told of the points alone. */
  readonly isVain: () => boolean;
}

const nowhere: Delivery = { status: 'dropped', reason: 'no chat' };
const untrue: Delivery = { status: 'dropped', reason: 'not done' };

/** Makes what a handler is given. There is no line of chat to answer, so that answers begin with the viewer's name. */
export function createRedemptionContext(
  { reward, command, args }: RedemptionCall,
  { redemption, chat, passOn, isVain }: ContextParts,
): CommandContext {
  const { user, channel } = redemption;
  const { log, signal } = reward.owner;
  const say = async (text: string) => {
    passOn();
    return (await chat()?.say(text, { channel })) ?? nowhere;
  };
  return {
    args,
    user,
    channel,
    message: toMessage(redemption),
    redemption,
    command: command?.name ?? reward.name,
    log,
    signal,
    reply: async (text) => {
      checkText('reply', text);
      if (isVain()) return untrue;
      return say(`@${user.displayName} ${text}`);
    },
    say: async (text) => {
      checkText('say', text);
      return say(text);
    },
  };
}
