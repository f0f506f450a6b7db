import { expect, test } from '@jest/globals';
import { notices } from '../../src/incoming/notices.js';

const refusals = [
  'msg_duplicate',
  'msg_ratelimit',
  'msg_slowmode',
  'msg_followersonly',
  'msg_followersonly_zero',
  'msg_followersonly_followed',
  'msg_subsonly',
  'msg_emoteonly',
  'msg_r9k',
  'msg_banned',
  'msg_timedout',
  'msg_rejected',
  'msg_rejected_mandatory',
  'msg_channel_suspended',
  'msg_suspended',
  'msg_verified_email',
  'msg_requires_verified_phone_number',
  'msg_bad_characters',
  'no_permission',
  'unrecognized_cmd',
  'unavailable_command',
  'tos_ban',
];

test.each(refusals)('%s is explained by a sentence, and has a remedy', (id) => {
  expect(notices[id]?.meaning).toMatch(/^[A-Z].*\.$/);
  expect(notices[id]?.remedy).toMatch(/^[A-Z].*\.$/);
});
