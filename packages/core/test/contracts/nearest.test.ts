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

  it('finds nothing among nothing, and nothing for what is far too long', () => {
    expect(nearest('prefix', [])).toBeUndefined();
    expect(nearest('x'.repeat(10_000), known)).toBeUndefined();
  });

  it('is the word itself where that is known, whatever stands around it', () => {
    for (const word of known) expect(nearest(word, [...known, `${word}s`, `a${word}`])).toBe(word);
  });

  it('is the nearest of two, and the first of two that are as near', () => {
    expect(nearest('lamps', ['lumps', 'lamp', 'camps'])).toBe('lumps');
    expect(nearest('lamp', ['lamps', 'lamb'])).toBe('lamps');
    expect(nearest('gadget', ['gidgits', 'gadgets'])).toBe('gadgets');
  });

  it('forgives one letter that is missing, too many, wrong or swapped, anywhere in a word', () => {
    const word = 'cooldown';
    for (let at = 0; at < word.length; at++) {
      const [before, sign = '', after] = [word.slice(0, at), word[at], word.slice(at + 1)];
      const wrong = [`${before}${after}`, `${before}${sign}${sign}${after}`, `${before}_${after}`];
      const swapped = `${before}${after.charAt(0)}${sign}${after.slice(1)}`;
      for (const misspelt of [...wrong, swapped]) {
        expect({ misspelt, meant: nearest(misspelt, known) }).toEqual({ misspelt, meant: word });
      }
    }
  });

  it('looks through ten thousand words', () => {
    const words = Array.from({ length: 10_000 }, (_, index) => `gadget-${index}`);
    expect(nearest('gadget-99999', words)).toBeDefined();
    expect(nearest('horn', words)).toBeUndefined();
  });
});
