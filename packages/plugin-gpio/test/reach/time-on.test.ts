import { describe, expect, it } from '@jest/globals';
import { hour, mostTimeOn } from '../../src/reach/time-on.js';

const second = 1_000;
const minute = 60 * second;

describe('the most time on in an hour', () => {
  it('is all of it where nothing ends it', () => {
    expect(mostTimeOn({}, { every: 10 * minute, lasts: Infinity })).toBe(hour);
  });

  it('is all of it where it may be switched on again at once', () => {
    expect(mostTimeOn({ maxOn: 10 * minute }, { every: 0, lasts: 10 * minute })).toBe(hour);
  });

  it('is what the pause between two calls leaves', () => {
    const calls = { every: 60 * second, lasts: 2 * second };
    expect(mostTimeOn({ maxOn: 2 * second }, calls)).toBe(120 * second);
  });

  it('counts the last call, whose pause lies beyond the hour', () => {
    const calls = { every: 50 * minute, lasts: 4 * minute };
    expect(mostTimeOn({ maxOn: 4 * minute }, calls)).toBe(8 * minute);
  });

  it('is what the rest between two times on leaves', () => {
    const limits = { maxOn: 10 * second, minOff: 30 * second };
    expect(mostTimeOn(limits, { every: 0, lasts: 10 * second })).toBe(hour / 4);
  });

  it('is what the toggle limit leaves, where that is slower', () => {
    const limits = { maxOn: second, maxTogglesPerSecond: 0.1 };
    expect(mostTimeOn(limits, { every: 0, lasts: second })).toBe(hour / 10);
  });

  it('is all of a call that switches on again and again', () => {
    const calls = { every: 10 * minute, lasts: 2 * minute };
    expect(mostTimeOn({ maxOn: second }, calls)).toBe(12 * minute);
  });

  it('never passes a duty cycle', () => {
    const limits = { maxOn: minute, dutyCycles: [{ on: minute, in: 25 * minute }] };
    expect(mostTimeOn(limits, { every: 0, lasts: minute })).toBe(3 * minute);
  });

  it('never passes what all its runs together may take', () => {
    const limits = { maxOn: 10 * second, perRun: 5 };
    expect(mostTimeOn(limits, { every: 0, lasts: 10 * second })).toBe(50 * second);
  });
});
