import { expect, test } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { DuplicateBreaker } from '../../src/outgoing/duplicate-breaker.js';
import { lengthOf } from '../../src/outgoing/message-text.js';

function createBreaker() {
  const clock = new ManualClock();
  const breaker = new DuplicateBreaker(clock);
  const say = (text: string, channel = 'streamer') => {
    const distinct = breaker.distinct(channel, text, 500);
    breaker.note(channel, distinct);
    return distinct;
  };
  return { clock, say };
}

test('leaves a text alone that is new in its channel', () => {
  const { say } = createBreaker();
  expect(say('hi')).toBe('hi');
  expect(say('ho')).toBe('ho');
  expect(say('hi', 'friend')).toBe('hi');
});

test('gives each repetition another form', () => {
  const { say } = createBreaker();
  const forms = Array.from({ length: 5 }, () => say('hi'));
  expect(new Set(forms).size).toBe(5);
});

test('forgets a text after 31 s', async () => {
  const { clock, say } = createBreaker();
  say('hi');
  await clock.advance('30s');
  expect(say('hi')).not.toBe('hi');
  await clock.advance('31s');
  expect(say('hi')).toBe('hi');
});

test('changes a text that fills the whole message without making it longer', () => {
  const { say } = createBreaker();
  const text = `${'x'.repeat(249)} ${'y'.repeat(250)}`;
  say(text);
  const again = say(text);
  expect(again).not.toBe(text);
  expect(lengthOf(again)).toBe(500);
});

test('leaves a text as it is where nothing can be changed', () => {
  const { say } = createBreaker();
  const text = 'x'.repeat(500);
  say(text);
  expect(say(text)).toBe(text);
});

test('tries few forms of a text that was said often, and begins anew where the first are forgotten', async () => {
  const { clock, say } = createBreaker();
  for (let count = 0; count < 200; count++) say('hi');
  expect(say('hi')).toHaveLength(2 + 200 * 3);
  await clock.advance('32s');
  expect(say('hi')).toBe('hi');
  expect(say('hi')).toHaveLength(5);
});
