import { type BotEvents, type ChatUser, eventNames, isPertyError, messageOf } from '@pertybot/core';
import type { FeedEvent, FeedUser } from '../shared/feed.js';

/** An event of the bot under its name. */
export interface HeardEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Events that the page tells otherwise or not at all. */
const untold: readonly string[] = ['handled', 'join', 'part', 'roomState', 'chatLife', 'notice'];

/** Names of the events that the page tells; those of plugins that are not there are never heard. */
export const toldEvents: readonly string[] = [...eventNames, 'pin', 'gadget'].filter(
  (name) => !untold.includes(name),
);

/** Puts an event into the words of the page: only what it shows, as data. */
export function toFeedEvent({ name, data }: HeardEvent): FeedEvent {
  const own = ownWords[name];
  // The hub gives a listener of `name` what BotEvents says of it.
  return own === undefined ? toChannelEvent(name, data) : own(data as never);
}

type Words = { readonly [Name in keyof BotEvents]?: (data: BotEvents[Name]) => FeedEvent };

const words = {
  message: ({ id, channel, user, text, action, bits, replyTo }) => ({
    type: 'message',
    id,
    channel,
    user: toFeedUser(user),
    text,
    action,
    bits,
    ...(replyTo && { replyTo: { name: replyTo.userDisplayName, text: replyTo.text } }),
  }),
  reply: ({ channel, text, replyTo, delivery }) => ({
    type: 'reply',
    channel,
    text,
    ...(replyTo !== undefined && { replyTo }),
    ...(delivery.status === 'dropped' && { dropped: delivery.reason }),
  }),
  command: ({ command, plugin, user, messageId, took }) => ({
    type: 'command',
    command,
    plugin,
    user: toFeedUser(user),
    messageId,
    took,
  }),
  refusal: ({ reason, command, user, messageId, text, retryAfter }) => ({
    type: 'refusal',
    reason,
    command,
    user: toFeedUser(user),
    messageId,
    ...(text !== undefined && { text }),
    ...(retryAfter !== undefined && { retryAfter }),
  }),
  plugin: ({ plugin, state }) => ({
    type: 'plugin',
    plugin,
    state: state.name,
    ...(state.name === 'waiting' && { detail: state.reason }),
    ...(state.name === 'failed' && { detail: sentenceOf(state.error) }),
  }),
  estop: ({ engaged, by }) => ({ type: 'estop', engaged, ...(by !== undefined && { by }) }),
  fault: ({ plugin, where, error }) => ({ type: 'fault', plugin, where, text: messageOf(error) }),
} satisfies Words;

/** What the gpio plugin tells with `pin` and `gadget`: it is no dependency of the page. */
interface GpioEvents {
  readonly pin: { gadget: string; pin: string; on: boolean; dryRun?: boolean };
  readonly gadget: { gadget: string; event: string; state: string };
}

const gpioWords: { [Name in keyof GpioEvents]: (data: GpioEvents[Name]) => FeedEvent } = {
  pin: ({ gadget, pin, on, dryRun }) => ({
    type: 'pin',
    gadget,
    pin,
    on,
    ...(dryRun && { dryRun }),
  }),
  gadget: ({ gadget, event, state }) => ({ type: 'gadget', gadget, event, state }),
};

const ownWords: Readonly<Record<string, ((data: never) => FeedEvent) | undefined>> = {
  ...words,
  ...gpioWords,
};

function sentenceOf(error: unknown): string {
  return isPertyError(error) && error.hint ? `${error.message} ${error.hint}` : messageOf(error);
}

/** What is told of a user who did something. */
export function toFeedUser({ login, displayName, color, roles }: ChatUser): FeedUser {
  return {
    login,
    name: displayName,
    ...(color !== undefined && { color }),
    roles: roles.filter((role) => role !== 'everyone'),
  };
}

/** Longest text of a fact. */
const longestFact = 300;

function toChannelEvent(name: string, data: unknown): FeedEvent {
  const { user, ...rest } =
    typeof data === 'object' && data !== null ? { user: undefined, ...data } : {};
  const facts: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(rest)) {
    const fact = toFact(value);
    if (fact !== undefined && key !== 'channel') facts[key] = fact;
  }
  const who = toActor(user);
  return { type: 'event', name, ...(who && { user: who }), facts };
}

/** Of what is more than a word, its title or name is told. */
function toFact(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string') return value.slice(0, longestFact);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key of ['title', 'displayName', 'text', 'login']) {
    const found: unknown = Reflect.get(value, key);
    if (typeof found === 'string') return found.slice(0, longestFact);
  }
  return undefined;
}

function toActor(user: unknown): FeedUser | undefined {
  if (typeof user !== 'object' || user === null) return undefined;
  const login: unknown = Reflect.get(user, 'login');
  const name: unknown = Reflect.get(user, 'displayName');
  const color: unknown = Reflect.get(user, 'color');
  const roles: unknown = Reflect.get(user, 'roles');
  if (typeof login !== 'string') return undefined;
  return {
    login,
    name: typeof name === 'string' ? name : login,
    ...(typeof color === 'string' && { color }),
    roles: Array.isArray(roles) ? roles.filter((role) => role !== 'everyone').map(String) : [],
  };
}
