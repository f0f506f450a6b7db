import type { Style } from '../terminal/style.js';
import { toPlainText } from '../terminal/text.js';
import { count, tier } from './counted.js';
import type { ChannelDevEvent } from './dev-event.js';
import { toldSentence } from './told-sentence.js';

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
