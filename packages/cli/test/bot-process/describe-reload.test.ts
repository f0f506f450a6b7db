import { describe, expect, it } from '@jest/globals';
import { describeReload } from '../../src/bot-process/describe-reload.js';

const nothing = { added: [], removed: [], changed: [], reconfigured: [], restarted: [] };

describe('describeReload', () => {
  it('says what changed and what was restarted for it', () => {
    const result = { ...nothing, added: ['fan'], changed: ['gpio'], restarted: ['gpio', 'lamp'] };
    expect(describeReload(result)).toBe('Reloaded: added fan; changed gpio; restarted gpio, lamp.');
  });

  it('says that an edit was undone, and leaves why to the log', () => {
    expect(
      describeReload({ ...nothing, rolledBack: 'The plugin "fan" does not start: no: x' }),
    ).toBe('The edit was undone, the bot runs on as before: The plugin "fan" does not start.');
  });

  it('says which package waits for the next start', () => {
    const outdated = [{ id: 'hue', installed: '2.0.0' }];
    const waits =
      'hue 2.0.0 is installed; start the bot again to run it, until then it runs on as it was.';
    expect(describeReload({ ...nothing, outdated })).toBe(waits);
    expect(describeReload({ ...nothing, added: ['fan'], outdated })).toBe(
      `Reloaded: added fan. ${waits}`,
    );
  });

  it('says nothing when nothing changed', () => {
    expect(describeReload(nothing)).toBeUndefined();
  });
});
