import { describe, expect, it } from '@jest/globals';
import { LastHour } from '../../src/live/last-hour.js';

const minute = 60_000;
const sum = (values: readonly number[] = []) => values.reduce((all, value) => all + value, 0);

describe('LastHour', () => {
  it('counts each minute, and forgets what is an hour old', () => {
    let now = 5 * minute;
    const hour = new LastHour(() => now);
    hour.hear({ name: 'message', data: {} });
    now += 2 * minute;
    hour.hear({ name: 'message', data: {} });
    hour.hear({ name: 'message', data: {} });
    hour.hear({ name: 'command', data: {} });
    hour.hear({ name: 'refusal', data: {} });
    expect(hour.report.messages.slice(-3)).toEqual([1, 0, 2]);
    expect([sum(hour.report.commands), sum(hour.report.refusals)]).toEqual([1, 1]);
    now += 58 * minute;
    expect(hour.report.messages[1]).toBe(2);
    expect(sum(hour.report.messages)).toBe(2);
    now += 2 * minute;
    expect(sum(hour.report.messages)).toBe(0);
    now += 1_000 * minute;
    hour.hear({ name: 'message', data: {} });
    expect(hour.report.messages).toEqual([...Array.from({ length: 59 }, () => 0), 1]);
  });

  it('gives each minute its share of the time on, and counts on while it is on', () => {
    let now = 30_000;
    const hour = new LastHour(() => now);
    const pin = (on: boolean, parts: object = {}) =>
      hour.hear({ name: 'pin', data: { gadget: 'lamp', pin: 'GPIO17', on, ...parts } });
    pin(true);
    now = 2 * minute + 15_000;
    expect(hour.report.timeOn[0]).toMatchObject({ gadget: 'lamp', pin: 'GPIO17' });
    expect(hour.report.timeOn[0]?.seconds.slice(-3)).toEqual([30, 60, 15]);
    now += 5_000;
    pin(false);
    now += 9_000;
    expect(hour.report.timeOn[0]?.seconds.at(-1)).toBe(20);
    pin(true, { dryRun: true });
    now += 9_000;
    expect(hour.report.timeOn[0]?.seconds.at(-1)).toBe(20);
  });

  it('shows an hour at most of what is on for longer', () => {
    let now = 0;
    const hour = new LastHour(() => now);
    hour.hear({ name: 'pin', data: { gadget: 'lamp', pin: 'GPIO17', on: true } });
    now = 500 * minute - 1;
    expect(sum(hour.report.timeOn[0]?.seconds)).toBeLessThanOrEqual(3_600);
    expect(hour.report.timeOn[0]?.seconds).toHaveLength(60);
  });

  it('takes no more outputs than it can hold, and nothing that is no pin', () => {
    const hour = new LastHour(() => 0);
    for (let count = 0; count < 1_000; count++) {
      hour.hear({ name: 'pin', data: { gadget: 'g', pin: `GPIO${count}`, on: true } });
    }
    hour.hear({ name: 'pin', data: undefined });
    hour.hear({ name: 'pin', data: { pin: 7 } });
    expect(hour.report.timeOn).toHaveLength(200);
  });
});
