import type { Fed, FeedChoice } from '../../shared/feed.js';
import { eventSentence } from '../chat/event-sentence.js';

/** Something that the viewers of the stream are told. */
export interface NewsItem {
  readonly number: number;
  readonly kind: 'command' | 'refusal' | 'refund' | 'event';
  readonly text: string;
  readonly choices?: readonly FeedChoice[] | undefined;
}

/** What is no news for viewers: how the connection does, who was moderated, what the redemption's outcome tells. */
const unshown: readonly string[] = [
  'connected',
  'disconnected',
  'moderation',
  'redeemUpdate',
  'channelUpdate',
  'shieldModeBegin',
  'shieldModeEnd',
];

/** Events with choices, whose own sentence would tell the votes twice. */
const withBars = /^(?:poll|prediction)/;

/** What viewers are told of something that happened. @returns undefined where that is nothing */
export function newsOf(each: Fed): NewsItem | undefined {
  const { number } = each;
  switch (each.type) {
    case 'command': {
      const { user, command, redemption } = each;
      const text = redemption ? `${user.name} got ${redemption.title}` : `${user.name}: ${command}`;
      return { number, kind: 'command', text };
    }
    case 'refusal': {
      const { user, command, reason, redemption } = each;
      const why = each.text ?? reason;
      if (redemption === undefined)
        return {
          number,
          kind: 'refusal',
          text: `${user.name}: ${each.text ?? `${command}, ${reason}`}`,
        };
      return {
        number,
        kind: 'refund',
        text: `${user.name} has ${redemption.cost} points back: ${why}`,
      };
    }
    case 'event': {
      if (unshown.includes(each.name)) return undefined;
      const { choices, user } = each;
      const sentence = eventSentence({ ...each, choices: undefined });
      const text = user ? `${user.name} ${sentence}` : sentence;
      return { number, kind: 'event', text, ...(withBars.test(each.name) && { choices }) };
    }
    default:
      return undefined;
  }
}
