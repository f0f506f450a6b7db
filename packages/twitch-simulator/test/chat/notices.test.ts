import { expect, it } from '@jest/globals';
import { noticeText } from '../../src/chat/notices.js';

it('names the channel where Twitch does', () => {
  expect(noticeText('msg_banned', 'perty')).toBe(
    'You are permanently banned from talking in perty.',
  );
});

it.each(['brand_new', 'constructor', '__proto__', 'toString', ''])(
  'says something of "%s", which nobody knows',
  (msgId) => {
    expect(noticeText(msgId, 'perty')).toBe(`Notice ${msgId}.`);
  },
);
