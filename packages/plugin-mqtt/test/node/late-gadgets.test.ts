import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Performed } from '@pertybot/core/host';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { Lease } from '../../src/node/lease.js';
import { Wishes } from '../../src/node/wishes.js';
import { Beats } from '../../src/protocol/beats.js';
import { FakeGadget, FakeGadgets } from '../support/fake-gadget.js';
import { idOf, wishOf } from '../support/said.js';

let clock: ManualClock;
let lamp: FakeGadget;
let lease: Lease;
let beats: Beats;
let wishes: Wishes;
/** Has the lamp go on at last. */
let goOn: () => void;

beforeEach(() => {
  clock = new ManualClock();
  const log = new MemoryLogger();
  lamp = new FakeGadget('lamp');
  const gadgets = new FakeGadgets(lamp);
  lease = new Lease({ clock, log, gadgets, changed() {} });
  beats = new Beats(idOf('c'), clock);
  wishes = new Wishes({
    ...{ node: 'garage', plugin: 'mqtt', clock, log, gadgets, lease, beats },
    isStopped: () => false,
    answer() {},
  });
  lamp.answer = () => {
    lamp.state = 'off';
    return new Promise<Performed>((resolve) => {
      goOn = () => {
        lamp.state = 'on';
        resolve({ text: 'lamp is on', done: Promise.resolve() });
      };
    });
  };
});

const on = (id = idOf('1')) => wishes.take(wishOf({ id, beat: beats.next() }));

describe('a gadget that takes long to begin', () => {
  it('does not stay on when its host has died meanwhile', async () => {
    const doing = on();
    await clock.advance('3s');
    goOn();
    await doing;
    expect([lamp.state, lease.holds]).toEqual(['off', false]);
  });

  it('does not stay on when its host has taken the wish back meanwhile', async () => {
    const doing = on();
    await wishes.take(
      wishOf({ id: idOf('2'), beat: beats.next(), ask: { do: 'cancel', wish: idOf('1') } }),
    );
    goOn();
    await doing;
    expect(lamp.state).toBe('off');
  });

  it('stays on for a host that is there, whatever else was refused of it', async () => {
    const first = on();
    const goOnFirst = goOn;
    const second = on(idOf('2'));
    goOn();
    lamp.state = 'off';
    await second;
    wishes.settle();
    goOnFirst();
    await first;
    expect([lamp.state, lease.holds]).toEqual(['on', true]);
  });
});
