import { describe, expect, it } from '@jest/globals';
import { defaultReplies } from '../../src/commands/replies.js';
import { SpokenReplies } from '../../src/contracts/replies.js';

const replies = (own: Readonly<Record<string, string>> = {}) =>
  new SpokenReplies(
    {
      ...defaultReplies,
      'lamp.rests': '{lamp} rests for {wait}.',
      'lamp.done': { text: '{lamp} is {state}' },
      'state.on': { text: 'on' },
      'state.half': { text: 'half {state}' },
    },
    own,
  );

describe('SpokenReplies', () => {
  it('prefers the text of the owner, then that of whoever refused, then the default', () => {
    const values = { command: '!lamp' };
    const hot = { reason: 'cooldown', text: 'Hot', retryAfter: 7_000 };
    const { text: _, ...plain } = hot;
    expect(replies({ cooldown: 'Wait {wait} ({text})' }).refusal(hot, values)).toBe(
      'Wait 7 s (Hot)',
    );
    expect(replies().refusal(hot, values)).toBe('Hot');
    expect(replies().refusal(plain, values)).toBe('!lamp can be used again in 7 s.');
  });

  it('says a refusal that comes with values by the sentence of its reason', () => {
    const refusal = { reason: 'lamp.rests', text: 'no!', values: { lamp: 'desk' }, retryAfter: 10 };
    expect(replies().refusal(refusal)).toBe('desk rests for 10 ms.');
    expect(replies({ 'lamp.rests': '{lamp} ruht' }).refusal(refusal)).toBe('desk ruht');
    expect(replies().refusal({ ...refusal, reason: 'lamp.unknown' })).toBe('no!');
  });

  it('says nothing for an empty text or an unknown reason', () => {
    const silent = replies({ cooldown: ' ' });
    expect(silent.text('cooldown')).toBeUndefined();
    expect(silent.refusal({ reason: 'cooldown', text: 'Hot' })).toBeUndefined();
    for (const key of ['pin.busy', 'constructor', '__proto__', 'toString']) {
      expect(silent.text(key)).toBeUndefined();
      expect(silent.refusal({ reason: key })).toBeUndefined();
      expect(silent.refusal({ reason: key, text: '' })).toBeUndefined();
    }
  });

  it('takes nothing in a value for a template, and says nothing for a name without a value', () => {
    const own = replies({ role: '{user}{nothing}{constructor}{ wait }' });
    expect(own.text('role', { user: '{wait}', wait: '1 s' })).toBe('{wait}1 s');
  });

  it('puts sentences into sentences, each as the owner wants it', () => {
    const on = { reply: 'state.on' };
    const half = { reply: 'state.half', values: { state: on } };
    expect(replies().text('lamp.done', { lamp: 'desk', state: half })).toBe('desk is half on');
    expect(replies({ 'state.on': 'an' }).text('lamp.done', { lamp: 'desk', state: half })).toBe(
      'desk is half an',
    );
    const unknown = { reply: 'state.blue', otherwise: 'blue' };
    expect(replies().text('lamp.done', { lamp: 'desk', state: unknown })).toBe('desk is blue');
    const never = { reply: 'constructor' };
    expect(replies().text('lamp.done', { lamp: 'desk', state: never })).toBe('desk is ');
  });
});
