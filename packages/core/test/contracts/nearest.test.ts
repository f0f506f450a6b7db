import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../src/contracts/nearest.js';

const known = ['prefix', 'plugins', 'maxOn', 'cooldown', 'use'];

describe('nearest', () => {
  it.each([
    ['prefx', 'prefix'],
    ['plugin', 'plugins'],
    ['maxOnn', 'maxOn'],
    ['MAXON', 'maxOn'],
    ['colodown', 'cooldown'],
    ['uze', 'use'],
    ['sue', 'use'],
    ['thunder', undefined],
    ['x', undefined],
    ['', undefined],
  ])('of %p is %p', (word, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });
});
