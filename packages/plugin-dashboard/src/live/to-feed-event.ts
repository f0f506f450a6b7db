import {
  type BotEvents,
  eventNames,
  isPertyError,
  messageOf,
  type RedemptionNote,
} from '@pertybot/core';
import type { FeedCause, FeedEvent, FeedRedemption } from '../shared/feed.js';
import { toChannelEvent } from './to-channel-event.js';
import { toFeedUser } from './to-feed-user.js';

/** An event of the bot under its name. */
export interface HeardEvent {
  readonly name: string;
  readonly data: unknown;
  readonly cause?: FeedCause | undefined;
}

/** Events that the page tells otherwise or not at all. */
const untold: readonly string[] = ['handled', 'join', 'part', 'roomState', 'chatLife', 'notice'];

/** Of those, the events of which it is told who or what is behind them. */
export const causedEvents: readonly string[] = ['pin', 'gadget'];

/** Names of the events that the page tells; those of plugins that are not there are never heard. */
export const toldEvents: readonly string[] = [...eventNames, 'pin', 'gadget'].filter(
  (name) => !untold.includes(name),
);

/** Puts an event into the words of the page: only what it shows, as data. */
export function toFeedEvent({ name, data, cause }: HeardEvent): FeedEvent {
  const own = ownWords[name];
  // The hub gives a listener of `name` what BotEvents says of it.
  return own === undefined ? toChannelEvent(name, data) : own(data as never, cause);
}

type Words = { readonly [Name in keyof BotEvents]?: (data: BotEvents[Name]) => FeedEvent };

const words = {
  message: ({ id, channel, user, text, action, bits, replyTo, emotes, customRewardId }) => ({
    type: 'message',
    id,
    channel,
    user: toFeedUser(user),
    text,
    action,
    bits,
    ...(emotes && { emotes: emotes.map(({ start, end }) => [start, end] as const) }),
    ...(customRewardId !== undefined && { forReward: true }),
    ...(replyTo && { replyTo: { name: replyTo.userDisplayName, text: replyTo.text } }),
  }),
  reply: ({ channel, text, replyTo, delivery }) => ({
    type: 'reply',
    channel,
    text,
    ...(replyTo !== undefined && { replyTo }),
    ...(delivery.status === 'dropped' && { dropped: delivery.reason }),
  }),
  command: ({ command, plugin, user, messageId, took, redemption }) => ({
    type: 'command',
    command,
    plugin,
    user: toFeedUser(user),
    messageId,
    took,
    ...(redemption && { redemption: toFeedRedemption(redemption) }),
  }),
  refusal: ({ reason, command, user, messageId, text, retryAfter, redemption }) => ({
    type: 'refusal',
    reason,
    command,
    user: toFeedUser(user),
    messageId,
    ...(text !== undefined && { text }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(redemption && { redemption: toFeedRedemption(redemption) }),
  }),
  reaction: ({ event, plugin, user, did, text, reason }) => ({
    type: 'reaction',
    event,
    plugin,
    ...(user && { user: toFeedUser(user) }),
    ...(did === undefined ? { text: text ?? reason } : { did }),
  }),
  plugin: ({ plugin, state }) => ({
    type: 'plugin',
    plugin,
    state: state.name,
    ...(state.name === 'waiting' && { detail: state.reason }),
    ...(state.name === 'failed' && { detail: sentenceOf(state.error) }),
  }),
  estop: ({ engaged, by }) => ({ type: 'estop', engaged, ...(by !== undefined && { by }) }),
  fault: ({ plugin, where, messageId, error }) => ({
    type: 'fault',
    plugin,
    where,
    ...(messageId !== undefined && { messageId }),
    text: messageOf(error),
  }),
} satisfies Words;

/** What the gpio plugin tells with `pin` and `gadget`: it is no dependency of the page. */
interface GpioEvents {
  readonly pin: { gadget: string; pin: string; on: boolean; dryRun?: boolean };
  readonly gadget: { gadget: string; event: string; state: string };
}

type GpioWords = {
  [Name in keyof GpioEvents]: (data: GpioEvents[Name], cause?: FeedCause) => FeedEvent;
};

const gpioWords: GpioWords = {
  pin: ({ gadget, pin, on, dryRun }, cause) => ({
    type: 'pin',
    gadget,
    pin,
    on,
    ...(dryRun && { dryRun }),
    ...(cause && { cause }),
  }),
  gadget: ({ gadget, event, state }, cause) => ({
    type: 'gadget',
    gadget,
    event,
    state,
    ...(cause && { cause }),
  }),
};

type OwnWords = (data: never, cause?: FeedCause) => FeedEvent;

const ownWords: Readonly<Record<string, OwnWords | undefined>> = {
  ...words,
  ...gpioWords,
};

function sentenceOf(error: unknown): string {
  return isPertyError(error) && error.hint ? `${error.message} ${error.hint}` : messageOf(error);
}

function toFeedRedemption({ id, reward, title, cost }: RedemptionNote): FeedRedemption {
  return { id, reward, title, cost };
}
