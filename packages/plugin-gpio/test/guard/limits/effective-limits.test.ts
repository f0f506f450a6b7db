import { describe, expect, it } from '@jest/globals';
import { defaultLimits } from '../../../src/guard/limits/default-limits.js';
import { effectiveLimits } from '../../../src/guard/limits/effective-limits.js';
import { toLimits } from '../../../src/guard/limits/limits.js';

describe('effectiveLimits', () => {
  it('takes the default when nobody says anything', () => {
    const { limits, warnings } = effectiveLimits({ kind: 'relay', asked: {}, owner: {} });
    expect(limits).toEqual(defaultLimits.relay);
    expect(warnings).toEqual([]);
  });

  it('lets a plugin be stricter than the default', () => {
    const asked = toLimits({ maxOn: '2s', minOff: '10s' });
    const { limits } = effectiveLimits({ kind: 'output', asked, owner: {} });
    expect(limits).toEqual({ maxOn: 2_000, minOff: 10_000, maxTogglesPerSecond: 2, deadTime: 50 });
  });

  it('does not let a plugin be weaker than the default, and says so', () => {
    const asked = toLimits({ maxOn: '1h', maxTogglesPerSecond: 50 });
    const { limits, warnings } = effectiveLimits({ kind: 'output', asked, owner: {} });
    expect(limits).toEqual({ maxOn: 30_000, maxTogglesPerSecond: 2, deadTime: 50 });
    expect(warnings).toEqual([
      'asks to be on for 1 h and gets 30 s; only "pins:" in plugins.yaml lifts the limit',
    ]);
  });

  it('lets the owner lift a default, with a warning', () => {
    const owner = toLimits({ maxOn: '1h', maxTogglesPerSecond: 20, deadTime: '10ms' });
    const { limits, warnings } = effectiveLimits({ kind: 'relay', asked: {}, owner });
    expect(limits).toEqual({ maxOn: 3_600_000, maxTogglesPerSecond: 20, deadTime: 10 });
    expect(warnings).toEqual([
      'may be on for 1 h by "pins:", past the default of 30 s',
      'may toggle 20 times a second by "pins:", past the default of 2',
      'goes on 10 ms after what it excludes by "pins:", before the default of 100 ms',
    ]);
  });

  it('lets the owner lift the time on for good', () => {
    const owner = toLimits({ maxOn: 'never' });
    const { limits, warnings } = effectiveLimits({ kind: 'light', asked: {}, owner });
    expect(limits.maxOn).toBe(Number.POSITIVE_INFINITY);
    expect(warnings).toEqual(['may be on for no end by "pins:", past the default of 10 min']);
  });

  it('holds what the plugin asks although the owner allows more', () => {
    const sources = { asked: toLimits({ maxOn: '5s' }), owner: toLimits({ maxOn: '1h' }) };
    expect(effectiveLimits({ kind: 'output', ...sources }).limits.maxOn).toBe(5_000);
  });

  it('holds every duty cycle and all quiet hours of both', () => {
    const asked = toLimits({ dutyCycle: { on: '1s', in: '10s' }, quietHours: '12:00-13:00' });
    const owner = toLimits({ dutyCycle: { on: '1m', in: '1h' }, quietHours: '22:00-07:00' });
    const { limits } = effectiveLimits({ kind: 'light', asked, owner });
    expect(limits.dutyCycles).toHaveLength(2);
    expect(limits.quietHours?.map(({ text }) => text)).toEqual(['12:00-13:00', '22:00-07:00']);
  });

  it('refuses quiet hours that cannot be read', () => {
    expect(() => toLimits({ quietHours: 'at night' })).toThrow('The quiet hours "at night"');
  });
});
