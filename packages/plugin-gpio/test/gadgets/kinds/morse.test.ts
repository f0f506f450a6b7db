import { describe, expect, it } from '@jest/globals';
import { parseMorse } from '../../../src/gadgets/kinds/morse.js';

describe('parseMorse', () => {
  it('makes a dash three dots long, and leaves a dot between', () => {
    expect(parseMorse('.-', 100)).toEqual([100, 100, 300]);
  });

  it('makes a space as long as a dash', () => {
    expect(parseMorse('. .', 100)).toEqual([100, 300, 100]);
  });

  it.each(['', ' ', 'sos', '.'.repeat(21)])('refuses %j', (text) => {
    expect(parseMorse(text, 100)).toBeUndefined();
  });
});
