import { describe, expect, it } from '@jest/globals';
import { ValidationSchedule } from '../../src/keeper/validation-schedule.js';

const minute = 60_000;

describe('ValidationSchedule', () => {
  it('validates within the hour, at another minute than other bots', () => {
    const delays = [0, 0.5, 1].map(
      (random) => new ValidationSchedule(() => random).plan('a', undefined).delay,
    );
    expect(delays).toEqual([60 * minute, 57.5 * minute, 55 * minute]);
  });

  it('never refreshes a token that never expires', () => {
    expect(new ValidationSchedule().plan('a', undefined).refresh).toBe(false);
  });

  it('refreshes a four-hour token in its last ten minutes, and looks in time for that', () => {
    const schedule = new ValidationSchedule(() => 0);
    let left = 240 * minute;
    let plan = schedule.plan('a', left);
    for (let validations = 0; !plan.refresh && validations < 10; validations += 1) {
      left -= plan.delay;
      plan = schedule.plan('a', left);
    }
    expect(plan.refresh).toBe(true);
    expect(left).toBe(5 * minute);
  });

  it('does not refresh a token of one minute as soon as it comes', () => {
    const schedule = new ValidationSchedule();
    expect(schedule.plan('a', minute)).toEqual({ refresh: false, delay: 45_000 });
    expect(schedule.plan('a', 15_000).refresh).toBe(true);
    expect(schedule.plan('b', minute).refresh).toBe(false);
  });

  it('never validates without a pause', () => {
    expect(new ValidationSchedule().plan('a', 0.5).delay).toBe(1_000);
  });
});
