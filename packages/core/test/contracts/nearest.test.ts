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

  it.each([
    ['chekc', 'check'],
    ['strat', 'start'],
    ['dve', 'dev'],
    ['plugin add', 'plugins add'],
    ['stauts', 'status'],
    ['deploy', undefined],
  ])('of the command %p is %p', (misspelt, meant) => {
    expect(nearest(misspelt, ['check', 'dev', 'plugins', 'plugins add', 'start', 'status'])).toBe(
      meant,
    );
  });
});
