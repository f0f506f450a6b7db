import { describe, expect, it } from '@jest/globals';
import { Replies } from '../../src/commands/replies.js';

describe('Replies', () => {
  it('prefers the text of the owner, then that of whoever refused, then the default', () => {
    const values = { command: '!lamp', wait: '7 s' };
    expect(new Replies({ cooldown: 'Wait {wait}' }).text('cooldown', values, 'Hot')).toBe(
      'Wait 7 s',
    );
    expect(new Replies({}).text('cooldown', values, 'Hot')).toBe('Hot');
    expect(new Replies({}).text('cooldown', values)).toBe('!lamp can be used again in 7 s.');
  });

  it('says nothing for an empty text or an unknown reason', () => {
    const replies = new Replies({ cooldown: ' ' });
    expect(replies.text('cooldown', {}, 'Hot')).toBeUndefined();
    expect(replies.text('pin.busy', {})).toBeUndefined();
    expect(replies.text('constructor', {})).toBeUndefined();
    expect(replies.text('pin.busy', {}, '')).toBeUndefined();
  });

  it('leaves braces that name no value, and takes none in a value for a template', () => {
    const replies = new Replies({ role: '{user} {nothing} {constructor}' });
    expect(replies.text('role', { user: '{wait}', wait: '1 s' })).toBe(
      '{wait} {nothing} {constructor}',
    );
  });
});
