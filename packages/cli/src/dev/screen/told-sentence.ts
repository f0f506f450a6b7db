import type { Style } from '../../terminal/style.js';
import { toPlainText } from '../../terminal/text.js';
import type { ChannelDevEvent, ToldEvent } from '../dev-event.js';

/** What EventSub alone brings, as people read it. */
export function toldSentence(event: ToldEvent): string {
  switch (event.type) {
    case 'follow':
      return `${event.user} follows`;
    case 'redeemUpdate':
      return `the redemption of ${event.title} by ${event.user} is ${event.status}`;
    case 'automaticReward':
      return `${event.user} redeems ${event.reward}`;
    case 'powerUp':
      return `${event.user} spends ${count(event.bits, 'bit')} on ${event.title ?? event.kind}`;
    case 'subscriptionEnd':
      return `the subscription of ${event.user} ends, ${tier(event)}`;
    case 'raidOut':
      return `${count(event.viewers, 'viewer')} raid ${event.to.displayName}`;
    case 'shoutoutSent':
      return `the channel praises ${event.other.displayName}`;
    case 'shoutoutReceived':
      return `${event.other.displayName} praises the channel`;
    case 'adBreak':
      return `advertisements begin, for ${event.duration / 1_000} s`;
    case 'streamOnline':
      return 'the stream begins';
    case 'streamOffline':
      return 'the stream ends';
    case 'channelUpdate':
      return `the stream is called "${event.title}", in ${event.category}`;
    case 'shieldModeBegin':
      return `${event.moderator.displayName} puts up the shield`;
    case 'shieldModeEnd':
      return `${event.moderator.displayName} takes down the shield`;
    default:
      return staged(event);
  }
}

type Staged = Exclude<
  ToldEvent,
  {
    readonly type:
      | 'follow'
      | 'redeemUpdate'
      | 'automaticReward'
      | 'powerUp'
      | 'subscriptionEnd'
      | 'raidOut'
      | 'shoutoutSent'
      | 'shoutoutReceived'
      | 'adBreak'
      | 'streamOnline'
      | 'streamOffline'
      | 'channelUpdate'
      | 'shieldModeBegin'
      | 'shieldModeEnd';
  }
>;

/** What begins, goes on and ends. */
function staged(event: Staged): string {
  switch (event.type) {
    case 'hypeTrainBegin':
      return `a hype train begins, at level ${event.level}`;
    case 'hypeTrainProgress':
      return `the hype train is at level ${event.level}`;
    case 'hypeTrainEnd':
      return `the hype train ends at level ${event.level}`;
    case 'pollBegin':
      return `a poll begins: ${event.title}`;
    case 'pollProgress':
      return `the poll goes on: ${event.title}`;
    case 'pollEnd':
      return `the poll ends: ${event.title}${won(event.winner)}`;
    case 'predictionBegin':
      return `a prediction begins: ${event.title}`;
    case 'predictionProgress':
      return `the prediction goes on: ${event.title}`;
    case 'predictionLock':
      return `the prediction is locked: ${event.title}`;
    case 'predictionEnd':
      return `the prediction ends: ${event.title}${won(event.winner)}`;
    case 'goalBegin':
      return `a goal begins: ${event.current} of ${event.target}`;
    case 'goalProgress':
      return `the goal comes nearer: ${event.current} of ${event.target}`;
    case 'goalEnd':
      return `the goal ends: ${event.current} of ${event.target}`;
    case 'charityBegin':
      return `a campaign for ${event.charity} begins`;
    case 'charityProgress':
      return `the campaign for ${event.charity} has ${money(event.current)}`;
    case 'charityDonation':
      return `${event.user} gives ${money(event.amount)} to ${event.charity}`;
    case 'charityEnd':
      return `the campaign for ${event.charity} ends with ${money(event.current)}`;
  }
}

function won(winner: string | undefined): string {
  return winner === undefined ? '' : `; ${winner} wins`;
}

function money({ value, currency }: { readonly value: number; readonly currency: string }): string {
  return `${value} ${currency}`;
}

/** `1 bit`, `2 bits`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** A tier of subscriptions as people read it. */
export function tier({ tier: name }: { readonly tier: string }): string {
  return name === 'prime' ? 'by Prime' : `tier ${name}`;
}

/** What happens in a channel beside lines of chat, as people read it. */
export function formatChannelEvent(event: ChannelDevEvent, style: Style): string {
  const text = 'text' in event && event.text !== '' ? `: ${toPlainText(event.text)}` : '';
  return style.magenta('★ ') + toPlainText(toSentence(event)) + text;
}

function toSentence(event: ChannelDevEvent): string {
  switch (event.type) {
    case 'cheer':
      return `${event.user} cheers ${count(event.bits, 'bit')}`;
    case 'redeem':
      return `${event.user} redeems ${event.title ?? event.rewardId}`;
    case 'subscribe':
      return event.renewed
        ? `${event.user} subscribes again, for ${count(event.months, 'month')}, ${tier(event)}`
        : `${event.user} subscribes, ${tier(event)}`;
    case 'giftSubscription': {
      const giver = event.user ?? 'somebody';
      if (event.recipient === undefined) {
        return `${giver} gifts ${count(event.count, 'subscription')}, ${tier(event)}`;
      }
      const part = event.count === 0 ? ', of those' : '';
      return `${giver} gifts a subscription to ${event.recipient}, ${tier(event)}${part}`;
    }
    case 'raid':
      return `${event.user} raids with ${count(event.viewers, 'viewer')}`;
    case 'announcement':
      return `${event.user} announces`;
    case 'moderation':
      return toModeration(event);
    default:
      return toldSentence(event);
  }
}

function toModeration(event: Extract<ChannelDevEvent, { type: 'moderation' }>): string {
  switch (event.action) {
    case 'timeout':
      return `${event.user} is timed out for ${count(event.duration ?? 0, 'second')}`;
    case 'ban':
      return `${event.user} is banned`;
    case 'delete':
      return `a line of ${event.user} is deleted`;
    case 'clear':
      return 'the chat is cleared';
  }
}
