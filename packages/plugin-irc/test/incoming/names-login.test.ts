import { expect, test } from '@jest/globals';
import { namesLogin } from '../../src/incoming/names-login.js';

test.each([
  ['@PertyBot hi', true],
  ['hi pertybot', true],
  ['hi, pertybot!', true],
  ['pertybotty pertybot', true],
  ['my_pertybot', false],
  ['pertybot2', false],
  ['nobody', false],
])('%j: %s', (text, named) => {
  expect(namesLogin(text, 'pertybot')).toBe(named);
});

test('names nobody before the bot has a login', () => {
  expect(namesLogin('anything', '')).toBe(false);
});
