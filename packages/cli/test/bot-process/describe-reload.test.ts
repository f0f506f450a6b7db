import { describe, expect, it } from '@jest/globals';
import { describeReload } from '../../src/bot-process/describe-reload.js';

const nothing = { added: [], removed: [], changed: [], reconfigured: [], restarted: [] };

describe('describeReload', () => {
  it('says what changed and what was restarted for it', () => {
    const result = { ...nothing, added: ['fan'], changed: ['gpio'], restarted: ['gpio', 'lamp'] };
    expect(describeReload(result)).toBe('Reloaded: added fan; changed gpio; restarted gpio, lamp.');
  });

  it('says that an edit was undone, and why', () => {
    expect(describeReload({ ...nothing, rolledBack: 'The plugin "fan" does not start.' })).toBe(
      'The edit was undone, the bot runs on as before. The plugin "fan" does not start.',
    );
  });

  it('says nothing when nothing changed', () => {
    expect(describeReload(nothing)).toBeUndefined();
  });
});
