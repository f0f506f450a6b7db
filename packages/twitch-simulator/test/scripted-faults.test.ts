import { describe, expect, it } from '@jest/globals';
import { ScriptedFaults } from '../src/scripted-faults.js';

describe('ScriptedFaults', () => {
  it('plays planned faults in order, each as often as planned', () => {
    const faults = new ScriptedFaults<'a' | 'b', number>();
    faults.next('a', 1, 2);
    faults.next('a', 2);
    faults.next('a', 3, 0);
    expect([1, 2, 3, 4].map(() => faults.take('a'))).toEqual([1, 1, 2, undefined]);
    expect(faults.take('b')).toBeUndefined();
  });

  it('plays a standing fault where nothing is planned, until undone', () => {
    const faults = new ScriptedFaults<'a', number>();
    const undo = faults.always('a', 9);
    faults.next('a', 1);
    expect([1, 2, 3].map(() => faults.take('a'))).toEqual([1, 9, 9]);
    undo();
    expect(faults.take('a')).toBeUndefined();
  });

  it('leaves a later standing fault alone when an earlier one is undone', () => {
    const faults = new ScriptedFaults<'a', number>();
    const undo = faults.always('a', 1);
    faults.always('a', 2);
    undo();
    expect(faults.take('a')).toBe(2);
  });

  it('unplans one name or all', () => {
    const faults = new ScriptedFaults<'a' | 'b', number>();
    faults.next('a', 1);
    faults.always('a', 1);
    faults.next('b', 2, 2);
    faults.clear('a');
    expect([faults.take('a'), faults.take('b')]).toEqual([undefined, 2]);
    faults.clear();
    expect(faults.take('b')).toBeUndefined();
  });
});
