import { expect, test } from '@jest/globals';
import { toChatError } from '../src/chat-error.js';

test('a refused certificate leads to the clock of the machine', () => {
  const hintFor = (text: string) => toChatError({ reason: 'unreachable', text })?.hint;
  expect(hintFor('certificate is not yet valid')).toContain('clock');
  expect(hintFor('connect ECONNREFUSED 127.0.0.1:81')).toContain('network');
});
