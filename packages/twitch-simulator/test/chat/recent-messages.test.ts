import { describe, expect, it } from '@jest/globals';
import { RecentMessages } from '../../src/chat/recent-messages.js';

const author = { id: '1', login: 'ann', displayName: 'Ann' };

describe('RecentMessages', () => {
  it('forgets the oldest beyond 2000', () => {
    const recent = new RecentMessages();
    for (let index = 0; index <= 2000; index += 1) {
      recent.add({ id: `m${index}`, channel: 'perty', author, text: 'x', thread: undefined });
    }
    expect(recent.find('m0')).toBeUndefined();
    expect(recent.find('m1')?.id).toBe('m1');
    expect(recent.find('m2000')?.id).toBe('m2000');
  });

  it('knows no more than the id of a parent that it has forgotten', () => {
    expect(new RecentMessages().replyTags('gone')).toEqual({ 'reply-parent-msg-id': 'gone' });
    expect(new RecentMessages().replyTags(undefined)).toEqual({});
  });
});
