import { randomUUID } from 'node:crypto';
import type { TwitchChat } from '@pertybot/twitch-simulator';
import type { ChannelDevEvent } from '../dev-event.js';
import { type Actor, toChatter as chatter } from '../lines/actor.js';
import type { ChatHappening } from '../lines/twitch-event.js';

/** By what one knows that the bot has heard of an event. */
export type EventEcho =
  /** The line of chat that it is. */
  | { readonly messageId: string }
  /** So many events of the bot. */
  | { readonly type: ChannelDevEvent['type']; readonly count: number };

/** Writers whose last line is remembered. */
const mostRemembered = 1_000;

/** Lets events happen in the simulated chat, by the lines that Twitch would send. */
export class EventPlayer {
  private readonly lastLines = new Map<string, string>();

  constructor(
    private readonly chat: Pick<TwitchChat, 'say' | 'usernotice' | 'clearchat' | 'clearmsg'>,
  ) {}

  /** Notes the last line of somebody, which can be deleted. */
  noteLine(login: string, messageId: string): void {
    this.lastLines.delete(login);
    this.lastLines.set(login, messageId);
    const [oldest] = this.lastLines.keys();
    if (this.lastLines.size > mostRemembered && oldest !== undefined) this.lastLines.delete(oldest);
  }

  /** @returns undefined where there is nothing that it could happen to */
  play(channel: string, event: ChatHappening): EventEcho | undefined {
    switch (event.kind) {
      case 'cheer': {
        const text = `Cheer${event.bits} ${event.text}`.trim();
        return this.say(channel, event.by, { text, bits: event.bits });
      }
      case 'redeem':
        return this.say(channel, event.by, { text: event.text, ...rewardOf(event.reward) });
      case 'subscribe': {
        const { by: as, plan, months, text } = event;
        const type = months === undefined ? 'sub' : 'resub';
        this.chat.usernotice({
          channel,
          type,
          as: chatter(as),
          plan,
          months: months ?? 1,
          ...said(text),
        });
        return { type: 'subscribe', count: 1 };
      }
      case 'gift':
        return this.give(channel, event);
      case 'raid':
        this.chat.usernotice({
          channel,
          type: 'raid',
          as: chatter(event.by),
          viewers: event.viewers,
        });
        return { type: 'raid', count: 1 };
      case 'announce': {
        const color = colors[event.color];
        this.chat.usernotice({
          channel,
          type: 'announcement',
          as: chatter(event.by),
          color,
          text: event.text,
        });
        return { type: 'announcement', count: 1 };
      }
      case 'timeout':
        this.chat.clearchat({ channel, login: event.login, duration: event.seconds });
        return { type: 'moderation', count: 1 };
      case 'ban':
        this.chat.clearchat({ channel, login: event.login });
        return { type: 'moderation', count: 1 };
      case 'clear':
        this.chat.clearchat({ channel });
        return { type: 'moderation', count: 1 };
      case 'delete':
        return this.delete(channel, event.login);
    }
  }

  private say(
    channel: string,
    by: Actor,
    what: Omit<Parameters<TwitchChat['say']>[0], 'channel' | 'as'>,
  ): EventEcho {
    const { id } = this.chat.say({ channel, as: chatter(by), ...what });
    this.noteLine(by.login, id);
    return { messageId: id };
  }

  /** Twitch tells a bundle by one notice of all and one for each receiver, which bear the same id. */
  private give(
    channel: string,
    { by, plan, to }: Extract<ChatHappening, { kind: 'gift' }>,
  ): EventEcho {
    const common = { channel, plan, ...(by === undefined ? {} : { as: chatter(by) }) };
    if (typeof to === 'string') {
      this.chat.usernotice({ ...common, type: 'subgift', recipient: { login: to } });
      return { type: 'giftSubscription', count: 1 };
    }
    const tags = { 'msg-param-community-gift-id': randomUUID() };
    this.chat.usernotice({ ...common, type: 'submysterygift', count: to, tags });
    for (let number = 1; number <= to; number++) {
      const recipient = { login: `viewer${number}` };
      this.chat.usernotice({ ...common, type: 'subgift', recipient, tags });
    }
    return { type: 'giftSubscription', count: to + 1 };
  }

  private delete(channel: string, login: string): EventEcho | undefined {
    const id = this.lastLines.get(login);
    if (id === undefined) return undefined;
    this.lastLines.delete(login);
    this.chat.clearmsg({ channel, id });
    return { type: 'moderation', count: 1 };
  }
}

const colors = {
  primary: 'PRIMARY',
  blue: 'BLUE',
  green: 'GREEN',
  orange: 'ORANGE',
  purple: 'PURPLE',
} as const;

function said(text: string) {
  return text === '' ? {} : { text };
}

/** Rewards that every channel has are told by `msg-id` alone. */
function rewardOf(reward: string) {
  const isBuiltIn = reward === 'highlighted-message' || reward === 'skip-subs-mode-message';
  return isBuiltIn ? { tags: { 'msg-id': reward } } : { customRewardId: reward };
}
