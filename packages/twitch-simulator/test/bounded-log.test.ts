import { describe, expect, it } from '@jest/globals';
import { BoundedLog } from '../src/bounded-log.js';

describe('BoundedLog', () => {
  it('keeps the latest entries in order, never fewer than its limit', () => {
    const log = new BoundedLog<number>(10);
    for (let entry = 0; entry < 1005; entry += 1) log.add(entry);
    expect(log.all.length).toBeGreaterThanOrEqual(10);
    expect(log.all.length).toBeLessThanOrEqual(20);
    expect(log.all.slice(-3)).toEqual([1002, 1003, 1004]);
  });

  it('forgets everything when cleared', () => {
    const log = new BoundedLog<number>();
    log.add(1);
    log.clear();
    expect(log.all).toEqual([]);
  });
});
