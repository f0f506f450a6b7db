import { describe, expect, it } from '@jest/globals';
import { beginDeed } from './begin-deed.js';

describe('work of several movements', () => {
  it('is paid for as a whole when it comes to its end', () => {
    const { deed, told } = beginDeed();
    const work = deed.begin();
    const end = deed.moved(10_000);
    deed.settle();
    end(true);
    expect(told()).toBe('open');
    work.ended(false);
    expect(told()).toBe('done');
  });

  it('is given back when it was cut, although a movement in it ended', () => {
    const { deed, told } = beginDeed();
    const work = deed.begin();
    deed.moved()(true);
    deed.settle();
    work.ended(true);
    work.ended(false);
    expect(told()).toBe('cut');
  });

  it('is paid for when half of its time has run', async () => {
    const { clock, deed, told } = beginDeed();
    const work = deed.begin();
    work.goesOn(20_000);
    deed.moved();
    deed.settle();
    await clock.advance(9_999);
    expect(told()).toBe('open');
    await clock.advance(1);
    expect(told()).toBe('done');
    work.ended(true);
    expect(told()).toBe('done');
  });

  it('that moved nothing is not paid for, however long it went on', async () => {
    const { clock, deed, told } = beginDeed();
    deed.asked();
    const work = deed.begin();
    work.goesOn(20_000);
    deed.settle();
    await clock.advance(20_000);
    work.ended(false);
    expect(told()).toBe('unmoved');
  });

  it('is judged by what it leaves on for a time', async () => {
    const { clock, deed, told } = beginDeed();
    const work = deed.begin();
    deed.moved(10_000);
    deed.settle();
    work.ended(false);
    expect(told()).toBe('open');
    await clock.advance(5_000);
    expect(told()).toBe('done');
  });

  it('is given back when somebody else had ended all that moved in it before it ended', () => {
    const { deed, told } = beginDeed();
    const work = deed.begin();
    const ends = [deed.moved(10_000), deed.moved()];
    for (const end of ends) end(false);
    work.ended(false);
    deed.settle();
    expect(told()).toBe('cut');
  });

  it('is paid for when one of several was had, whoever ended the others', () => {
    const { deed, told } = beginDeed();
    const work = deed.begin();
    deed.moved(10_000)(false);
    deed.moved(1_000)(true);
    deed.settle();
    work.ended(false);
    expect(told()).toBe('done');
  });

  it('that was one movement after all is judged as that', () => {
    const { deed, told } = beginDeed();
    const work = deed.begin();
    const end = deed.moved(10_000);
    work.wasOne();
    deed.settle();
    end(false);
    expect(told()).toBe('cut');
  });

  it('within other work is part of that', () => {
    const { deed, told } = beginDeed();
    const work = deed.begin();
    const inner = deed.begin();
    deed.moved();
    inner.ended(true);
    inner.wasOne();
    inner.goesOn(1);
    deed.settle();
    expect(told()).toBe('open');
    work.ended(false);
    expect(told()).toBe('done');
  });
});
