import { describe, expect, it } from '@jest/globals';
import { People } from '../src/people.js';

describe('People', () => {
  it('gives a login the same id in every simulator', () => {
    const [one, other] = [new People().someone({ login: 'Ann' }), new People()];
    expect(other.someone({ login: '#ann' })).toEqual({ ...one, displayName: '#ann' });
    expect(one).toEqual({ login: 'ann', displayName: 'Ann', id: expect.stringMatching(/^\d{9}$/) });
  });

  it('keeps what it knows and changes what it is told', () => {
    const people = new People();
    people.someone({ login: 'ann', displayName: 'Änn', id: '7' });
    people.someone({ login: 'ann' });
    expect(people.find('ANN')).toEqual({ login: 'ann', displayName: 'Änn', id: '7' });
    people.someone({ login: 'ann', displayName: 'Anna' });
    expect(people.find('ann')).toEqual({ login: 'ann', displayName: 'Anna', id: '7' });
  });

  it('never gives an id twice', () => {
    const id = new People().someone({ login: 'ann' }).id;
    const people = new People();
    people.someone({ login: 'bob', id });
    expect(people.someone({ login: 'ann' }).id).not.toBe(id);
  });

  it('does not know strangers', () => {
    expect(new People().find('stranger')).toBeUndefined();
  });
});
