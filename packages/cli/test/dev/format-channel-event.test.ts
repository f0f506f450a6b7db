import { describe, expect, it } from '@jest/globals';
import type { ChannelDevEvent } from '../../src/dev/dev-event.js';
import { formatChannelEvent } from '../../src/dev/format-channel-event.js';
import { styleFor } from '../../src/terminal/style.js';

const by = { channel: 'streamer', user: 'alice' };
const sub = { ...by, type: 'subscribe', tier: '1', months: 1, renewed: false, text: '' } as const;
const gift = { ...by, type: 'giftSubscription', tier: '2', count: 5 } as const;

const cases: [ChannelDevEvent, string][] = [
  [{ ...by, type: 'cheer', bits: 1, messageId: '1' }, 'alice cheers 1 bit'],
  [{ ...by, type: 'cheer', bits: 100, messageId: '1' }, 'alice cheers 100 bits'],
  [
    { ...by, type: 'redeem', rewardId: 'a-b', text: 'pink', messageId: '1' },
    'alice redeems a-b: pink',
  ],
  [sub, 'alice subscribes, tier 1'],
  [{ ...sub, tier: 'prime' }, 'alice subscribes, by Prime'],
  [
    { ...sub, renewed: true, months: 12, text: 'hi' },
    'alice subscribes again, for 12 months, tier 1: hi',
  ],
  [gift, 'alice gifts 5 subscriptions, tier 2'],
  [{ ...gift, user: undefined, count: 1 }, 'somebody gifts 1 subscription, tier 2'],
  [{ ...gift, count: 1, recipient: 'bob' }, 'alice gifts a subscription to bob, tier 2'],
  [{ ...gift, count: 0, recipient: 'bob' }, 'alice gifts a subscription to bob, tier 2, of those'],
  [{ ...by, type: 'raid', viewers: 50 }, 'alice raids with 50 viewers'],
  [{ ...by, type: 'announcement', text: 'hi', color: 'blue' }, 'alice announces: hi'],
  [
    { ...by, type: 'moderation', action: 'timeout', duration: 60 },
    'alice is timed out for 60 seconds',
  ],
  [{ ...by, type: 'moderation', action: 'ban' }, 'alice is banned'],
  [{ ...by, type: 'moderation', action: 'delete' }, 'a line of alice is deleted'],
  [{ type: 'moderation', channel: 'streamer', action: 'clear' }, 'the chat is cleared'],
];

describe('formatChannelEvent', () => {
  it.each(cases)('shows %j', (event, text) => {
    expect(formatChannelEvent(event, styleFor({}, {}))).toBe(`★ ${text}`);
  });

  it('never lets chat steer the terminal', () => {
    const event = { ...sub, user: 'e\u001b[2Jve', text: '\u001b[1mbig\u0007' };
    const shown = formatChannelEvent(event, styleFor({}, {}));
    for (const control of ['\u0007', '\u001b']) expect(shown).not.toContain(control);
  });
});
