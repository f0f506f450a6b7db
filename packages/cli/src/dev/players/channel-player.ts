import { nearest } from '@pertybot/core';
import type { TwitchSimulator } from '@pertybot/twitch-simulator';
import { isCalled, toChatter } from '../lines/actor.js';

import {
  type ChannelEcho,
  type ChannelHappening,
  channelEchoes,
  laterEchoes,
} from '../lines/channel-happening.js';
import type { LineFault } from '../lines/chat-line.js';
import type { TwitchEvent } from '../lines/twitch-event.js';
import { RunningShows } from './running-shows.js';

type Redeem = Extract<TwitchEvent, { kind: 'redeem' }>;
type Sides = Pick<TwitchSimulator, 'channels' | 'eventSub'>;

const redemption = 'channel.channel_points_custom_reward_redemption.add';

/** Lets happen what Twitch tells over EventSub alone. */
export class ChannelPlayer {
  private readonly shows: RunningShows;

  constructor(private readonly twitch: Sides) {
    this.shows = new RunningShows(twitch);
  }

  /** Whether a redemption is one of EventSub's, since the channel has rewards or the bot asks for them. */
  hasRewards(channel: string): boolean {
    const { channels, eventSub } = this.twitch;
    return channels.rewards(channel).length > 0 || eventSub.subscribed(redemption);
  }

  /** Somebody redeems a reward by its title or id. */
  redeem(channel: string, { by, reward: name, text }: Redeem): ChannelEcho | LineFault {
    const { channels, eventSub } = this.twitch;
    const unknown = this.unknownReward(channel, name);
    if (unknown !== undefined) return unknown;
    try {
      const { id } = channels.redeem({ channel, as: toChatter(by), reward: name, text });
      return eventSub.subscribed(redemption) ? { redemptionId: id } : { deafTo: ['redeem'] };
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      return { fault, hint: 'Twitch would not let them redeem it now.' };
    }
  }

  /** Lets it happen. */
  play(channel: string, event: ChannelHappening): ChannelEcho | LineFault {
    const fault = this.act(channel, event);
    if (fault !== undefined) return fault;
    const heard = channelEchoes[event.kind];
    const { eventSub } = this.twitch;
    const on = heard.find(([, type]) => eventSub.subscribed(type));
    if (on !== undefined) return { type: on[0] };
    const comes = laterEchoes[event.kind]?.some((type) => eventSub.subscribed(type)) === true;
    return comes ? 'later' : { deafTo: heard.map(([name]) => name) };
  }

  private act(channel: string, event: ChannelHappening): LineFault | undefined {
    const { channels } = this.twitch;
    switch (event.kind) {
      case 'follow':
        channels.follow({ channel, as: toChatter(event.by) });
        return undefined;
      case 'unsubscribe':
        channels.endSubscription({ channel, as: toChatter(event.by) });
        return undefined;
      case 'highlight': {
        const reward = 'send_highlighted_message';
        channels.automaticReward({ channel, as: toChatter(event.by), reward, text: event.text });
        return undefined;
      }
      case 'powerUp': {
        const { bits, text } = event;
        const as = toChatter(event.by);
        channels.powerUp({ channel, as, kind: 'message_effect', bits, text });
        return undefined;
      }
      case 'settle':
        return this.settle(channel, event.reward, event.status);
      case 'goLive':
        channels.goLive({ channel });
        return undefined;
      case 'goOffline':
        channels.goOffline({ channel });
        return undefined;
      case 'update': {
        const { title, category } = event;
        channels.update({ channel, ...(title && { title }), ...(category && { category }) });
        return undefined;
      }
      case 'adBreak':
        channels.adBreak({ channel, seconds: event.seconds });
        return undefined;
      case 'shieldUp':
      case 'shieldDown':
        channels.shieldMode({ channel, on: event.kind === 'shieldUp' });
        return undefined;
      case 'shoutout':
        channels.shoutout({ channel, to: event.to });
        return undefined;
      case 'praise':
        channels.shoutout({ channel: event.by.login, to: channel });
        return undefined;
      case 'raidOut':
        channels.raidOut({ channel, to: event.to, viewers: event.viewers });
        return undefined;
      default:
        return this.shows.run(channel, event);
    }
  }

  private settle(
    channel: string,
    name: string,
    status: 'FULFILLED' | 'CANCELED',
  ): LineFault | undefined {
    const unknown = this.unknownReward(channel, name);
    if (unknown !== undefined) return unknown;
    const { channels } = this.twitch;
    const open = channels
      .redemptions(channel)
      .find((each) => each.status === 'UNFULFILLED' && isCalled(each.reward, name));
    if (open !== undefined) {
      channels.settle(channel, open.id, status);
      return undefined;
    }
    const hint = `Write such as alice redeems ${name} first.`;
    return { fault: `No redemption of "${name}" is open.`, hint };
  }

  private unknownReward(channel: string, name: string): LineFault | undefined {
    const rewards = this.twitch.channels.rewards(channel);
    if (rewards.some((each) => isCalled(each, name))) return undefined;
    const titles = rewards.map(({ title }) => title);
    const meant = nearest(name, titles);
    const known =
      titles.length === 0
        ? 'It has none: a plugin makes them, or rewards: at an entry of plugins.yaml.'
        : `Its rewards: ${titles.join(', ')}.`;
    return {
      fault: `The channel has no reward "${name}".`,
      hint: meant === undefined ? known : `Did you mean "${meant}"?`,
    };
  }
}

/** What is said of a redemption where there is nothing to redeem. */
export const noRewards: LineFault = {
  fault: 'The channel has no rewards.',
  hint: 'A plugin makes them, or rewards: at an entry of plugins.yaml, where eventsub runs; chat is told only of those with a text.',
};
