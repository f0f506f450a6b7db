import { describe, expect, it } from '@jest/globals';
import { BroughtEvents } from '../../src/bot/brought-events.js';

describe('BroughtEvents', () => {
  it('knows what is brought of which channel, until the last who brings it has ended', () => {
    const brought = new BroughtEvents();
    const first = brought.add('redeem', '#Alice');
    const second = brought.add('redeem', 'alice');
    expect(brought.has('redeem', 'ALICE')).toBe(true);
    expect(brought.has('redeem', 'bob')).toBe(false);
    expect(brought.has('cheer', 'alice')).toBe(false);
    first();
    first();
    expect(brought.has('redeem', 'alice')).toBe(true);
    second();
    expect(brought.has('redeem', 'alice')).toBe(false);
  });
});
