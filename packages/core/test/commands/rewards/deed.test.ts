import { describe, expect, it } from '@jest/globals';
import { refuse } from '../../../src/contracts/command.js';
import { beginDeed } from './begin-deed.js';

const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('a deed that nothing can prove', () => {
  it('is done when its handler has ended, and not before', () => {
    const { deed, told } = beginDeed();
    expect(told()).toBe('open');
    deed.settle();
    expect([told(), deed.isDecided, deed.over]).toEqual(['done', true, undefined]);
  });

  it('is given back when its handler refuses', () => {
    const { deed, told } = beginDeed();
    deed.settle(refuse('argument'));
    expect([told(), deed.over?.reason]).toEqual(['argument', 'argument']);
  });

  it('is decided once, by what comes first', () => {
    const { deed, outcomes } = beginDeed();
    deed.settle();
    deed.settle(refuse('late'));
    deed.close(refuse('stopping'));
    expect(outcomes).toEqual([{ moved: true }]);
  });
});

describe('a deed for which something can move', () => {
  it('is given back when nothing did, with the reason of who refused', () => {
    const vain = beginDeed();
    vain.deed.asked();
    vain.deed.settle();
    expect(vain.told()).toBe('unmoved');
    const refused = beginDeed();
    refused.deed.asked();
    refused.deed.refused(refuse('pin.busy'));
    expect(refused.deed.isVain).toBe(true);
    refused.deed.settle();
    expect(refused.told()).toBe('pin.busy');
  });

  it('is done when something else has changed for it, such as what was switched off', () => {
    const { deed, told } = beginDeed();
    deed.changed();
    deed.settle();
    expect(told()).toBe('done');
  });

  it('is done when something moved without a time and the handler is through', () => {
    const { deed, told } = beginDeed();
    deed.moved();
    expect([told(), deed.hasMoved]).toEqual(['open', true]);
    deed.settle();
    expect(told()).toBe('done');
  });

  it('is given back when that was ended by somebody else before the handler was through', () => {
    const { deed, told } = beginDeed();
    const end = deed.moved();
    end(false);
    deed.settle();
    expect(told()).toBe('cut');
  });
});

describe('a movement with a time', () => {
  it('is paid for when half of it has run', async () => {
    const { clock, deed, told } = beginDeed();
    deed.moved(10_000);
    deed.settle();
    await clock.advance(4_999);
    expect(told()).toBe('open');
    await clock.advance(1);
    expect([told(), clock.pending]).toEqual(['done', 0]);
  });

  it.each([
    [4_999, false, 'cut'],
    [5_000, false, 'done'],
    [0, true, 'done'],
    [4_999, true, 'done'],
  ])('that ends after %i of 10000 ms, by itself %p: %s', async (time, byItself, outcome) => {
    const { clock, deed, told } = beginDeed();
    const end = deed.moved(10_000);
    deed.settle();
    await clock.advance(time);
    end(byItself);
    end(true);
    expect(told()).toBe(outcome);
  });

  it('of no length is paid for at once', async () => {
    const { clock, deed, told } = beginDeed();
    deed.moved(0);
    deed.settle();
    await clock.advance(0);
    expect(told()).toBe('done');
  });

  it('makes up for others that were cut, however many', async () => {
    const { clock, deed, told } = beginDeed();
    const ends = Array.from({ length: 100 }, () => deed.moved(10_000));
    deed.settle();
    for (const end of ends.slice(1)) end(false);
    expect(told()).toBe('open');
    await clock.advance(5_000);
    expect(told()).toBe('done');
  });

  it('has not had the time in which the bot stood still, and its guardian ended it', async () => {
    const { clock, deed, told } = beginDeed();
    const end = deed.moved(10_000);
    deed.settle();
    await clock.advance(1_000);
    clock.standStill(9_000);
    end(false);
    expect(told()).toBe('cut');
  });

  it('is paid for when it went on for half of its time though the bot stood still for a moment', async () => {
    const { clock, deed, told } = beginDeed();
    deed.moved(10_000);
    deed.settle();
    await clock.advance(1_000);
    clock.standStill(8_000);
    await clock.advance(2_999);
    expect(told()).toBe('open');
    await clock.advance(1);
    expect(told()).toBe('done');
  });

  it('leaves no timer behind once it is decided', async () => {
    const { clock, deed } = beginDeed();
    deed.moved(10_000);
    deed.moved(99_000);
    await clock.advance(5_000);
    expect(deed.isDecided).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

describe('what is about to move', () => {
  it('is noted down once, before it does', () => {
    const notes: (string | undefined)[] = [];
    const { deed } = beginDeed((what) => notes.push(what));
    expect([deed.willMove('lamp'), deed.willMove('horn')]).toEqual([undefined, undefined]);
    expect(notes).toEqual(['lamp']);
  });

  it('does not move where it cannot be noted down, and may be tried again', () => {
    let isFull = true;
    const { deed, faults, told } = beginDeed(() => {
      if (isFull) throw new Error('ENOSPC');
    });
    expect(deed.willMove('lamp')?.reason).toBe('unnoted');
    expect(faults).toHaveLength(1);
    isFull = false;
    expect(deed.willMove('lamp')).toBeUndefined();
    deed.settle();
    expect(told()).toBe('unmoved');
  });

  it('does not move under a deed that was given back', () => {
    const { deed } = beginDeed();
    deed.settle(refuse('late'));
    expect(deed.willMove('lamp')?.reason).toBe('late');
  });

  it('still moves under one that was paid for', () => {
    const { deed } = beginDeed();
    deed.settle();
    expect(deed.willMove('lamp')).toBeUndefined();
  });
});

describe('what waits', () => {
  it.each([
    ['is done', () => Promise.resolve()],
    ['fails', () => Promise.reject(new Error('no'))],
  ])('holds a deed open until it %s', async (_, work) => {
    const { deed, told } = beginDeed();
    deed.asked();
    deed.wait(work());
    deed.settle();
    expect(told()).toBe('open');
    await turns();
    expect(told()).toBe('unmoved');
  });
});

describe('a deed that is closed', () => {
  it('is given back with that reason where nothing has moved, or not for long enough', async () => {
    const unmoved = beginDeed();
    unmoved.deed.asked();
    unmoved.deed.close(refuse('stopping'));
    expect(unmoved.told()).toBe('stopping');
    const short = beginDeed();
    short.deed.moved(10_000);
    short.deed.settle();
    await short.clock.advance(1_000);
    short.deed.close(refuse('stopped'));
    expect([short.told(), short.deed.over?.reason]).toEqual(['stopped', 'stopped']);
  });

  it('is done where something moved for long enough, or without a time and as told', async () => {
    const { deed, told } = beginDeed();
    deed.moved();
    deed.settle();
    deed.close(refuse('stopping'));
    expect(told()).toBe('done');
  });

  it('does not wait for what never ends', () => {
    const { deed, told } = beginDeed();
    deed.asked();
    deed.wait(new Promise(() => {}));
    deed.begin();
    deed.close(refuse('stopping'));
    expect(told()).toBe('stopping');
  });
});
