import { describe, expect, it } from '@jest/globals';
import { refuse } from '@pertybot/core';
import { toMoved, toSaidRefusal } from '../../src/node/said-answer.js';
import { type Answer, readMessage } from '../../src/protocol/messages.js';
import { bytes, idOf } from '../support/said.js';

const wish = idOf('f');
const done = Promise.resolve();

/** What a host reads of it. */
const read = (answer: Answer) => readMessage('answer', bytes(answer));

describe('what a node answers', () => {
  it.each([
    ['a text without an end', { text: 'x'.repeat(10_000), done }],
    ['no text but control characters', { text: '\u0001'.repeat(10_000), done }],
    ['a time without an end', { text: '', lasts: Number.POSITIVE_INFINITY, done }],
    ['a time that is none', { text: '', lasts: Number.NaN, place: -1, done }],
    ['half a place', { text: '', place: 1.5, done }],
  ])('is read by its host: %s', (_what, performed) => {
    expect(read(toMoved(wish, performed))).toMatchObject({ is: 'moved', wish });
  });

  it.each([
    ['a reason in words', refuse('not now, please!')],
    ['no reason', refuse('')],
    ['a text without an end', refuse('x', { text: 'ж'.repeat(10_000) })],
    ['a wait without an end', refuse('x', { retryAfter: Number.POSITIVE_INFINITY })],
    ['a wait that is none', refuse('x', { retryAfter: Number.NaN })],
    ['a value of a long name', refuse('x', { values: { ['x'.repeat(50)]: 'y' } })],
    [
      'many long values',
      refuse('x', {
        text: '灯'.repeat(400),
        values: Object.fromEntries(Array.from({ length: 12 }, (_, n) => [n, '灯'.repeat(200)])),
      }),
    ],
  ])('is read by its host where it refuses: %s', (_what, refusal) => {
    const said = toSaidRefusal(refusal);
    expect(read({ is: 'refused', wish, refusal: said })).toMatchObject({ is: 'refused' });
    expect(read({ is: 'judged', wish, refusal: said })).toMatchObject({ is: 'judged' });
  });

  it('keeps what fits', () => {
    const refusal = { reason: 'pin.minOff', text: 'lamp rests', values: { left: '3s' } };
    expect(toSaidRefusal(refuse('pin.minOff', { ...refusal, retryAfter: 9 }))).toEqual({
      ...refusal,
      retryAfter: 9,
    });
    const performed = { text: 'lamp is on', place: 2, lasts: 5_000, done };
    expect(toMoved(wish, performed)).toEqual({
      ...{ is: 'moved', wish, text: 'lamp is on', place: 2, lasts: 5_000 },
    });
  });
});
