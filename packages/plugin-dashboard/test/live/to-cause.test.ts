import { describe, expect, it } from '@jest/globals';
import { toCause } from '../../src/live/to-cause.js';

describe('toCause', () => {
  it.each([
    [undefined, undefined],
    [{ plugin: 'gpio', where: 'guard: maxOn' }, { by: 'the guard (maxOn)' }],
    [
      { plugin: 'gpio', where: 'command lamp', user: 'alice', messageId: 'm' },
      { by: 'alice', messageId: 'm' },
    ],
    [
      { plugin: 'gpio', where: 'reward lamp', user: 'bob', reward: 'lamp' },
      { by: 'bob', reward: 'lamp' },
    ],
    [
      { plugin: 'gpio', where: 'listener raid' },
      { by: 'raid', event: 'raid' },
    ],
    [{ plugin: 'gpio', where: 'input bell' }, { by: 'bell' }],
    [{ plugin: '', where: 'terminal' }, { by: 'the owner' }],
    [{ plugin: 'texts', where: 'timer' }, { by: 'a timer' }],
    [{ plugin: 'gpio', where: 'start' }, undefined],
  ])('of %j is %j', (attribution, cause) => {
    expect(toCause(attribution)).toEqual(cause);
  });
});
