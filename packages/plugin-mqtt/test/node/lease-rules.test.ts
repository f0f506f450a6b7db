import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { Lease } from '../../src/node/lease.js';
import { claimTime, leaseTime } from '../../src/protocol/times.js';
import { FakeGadget, FakeGadgets } from '../support/fake-gadget.js';
import { host, idOf, stranger } from '../support/said.js';

let clock: ManualClock;
let log: MemoryLogger;
let lamp: FakeGadget;
let fan: FakeGadget;
let gadgets: FakeGadgets;
let changes: number;
let lease: Lease;

beforeEach(() => {
  clock = new ManualClock();
  log = new MemoryLogger();
  lamp = new FakeGadget('lamp');
  fan = new FakeGadget('fan');
  gadgets = new FakeGadgets(lamp, fan);
  changes = 0;
  lease = new Lease({ clock, log, gadgets, changed: () => void changes++ });
});

/** The lamp is on for the host. */
function lit(wish = idOf('1'), atMost?: number): void {
  lease.hear(host, 'on');
  lamp.state = 'on';
  lease.hold(lamp, wish, atMost);
}

const warnings = () => log.lines.map(({ message }) => message);

describe('who has a node', () => {
  it('is nobody, until somebody speaks', () => {
    expect([lease.holder, lease.holds]).toEqual([undefined, false]);
    expect(lease.hear(host, 'nothing')).toBeUndefined();
    expect(lease.holder).toEqual(host);
    expect(changes).toBe(1);
  });

  it('is told to another one, who gets nothing by speaking', async () => {
    lit();
    expect(lease.hear(stranger, 'on')).toEqual(host);
    expect(lease.hear(stranger, 'bye')).toEqual(host);
    expect(lease.holder).toEqual(host);
    await clock.advance('1500ms');
    lease.hear(stranger, 'on');
    // A stranger's word renews nothing.
    await clock.advance('500ms');
    expect(lamp.asked).toEqual(['off']);
  });

  it('has it until six seconds without a word, wanting nothing', async () => {
    lease.hear(host, 'nothing');
    await clock.advance(`${claimTime - 1}ms`);
    expect(lease.hear(stranger, 'nothing')).toEqual(host);
    await clock.advance('1ms');
    expect(lease.hear(stranger, 'nothing')).toBeUndefined();
    expect(lease.holder).toEqual(stranger);
  });

  it('may leave it to another one at once', () => {
    lease.hear(host, 'nothing');
    lease.hear(host, 'bye');
    expect(lease.holder).toBeUndefined();
    expect(lease.hear(stranger, 'nothing')).toBeUndefined();
    expect(warnings()).toEqual([]);
  });

  it('is nobody after a good-bye of whom it never heard', () => {
    expect(lease.hear(stranger, 'bye')).toBeUndefined();
    expect([lease.holder, changes]).toEqual([undefined, 0]);
  });
});

describe('what is on for a host', () => {
  it('is off two seconds after its last word, to the millisecond', async () => {
    lit();
    await clock.advance(`${leaseTime - 1}ms`);
    expect(lamp.asked).toEqual([]);
    lease.hear(host, 'on');
    await clock.advance(`${leaseTime - 1}ms`);
    expect(lamp.asked).toEqual([]);
    await clock.advance('1ms');
    expect(lamp.asked).toEqual(['off']);
    expect(warnings()).toEqual(['living-room was not heard for 2s: "lamp" made safe.']);
    expect(lease.holder).toBeUndefined();
  });

  it('is not held by a word that wants nothing, as one that was reordered', async () => {
    lit();
    for (let times = 0; times < 4; times++) {
      await clock.advance('500ms');
      lease.hear(host, 'nothing');
    }
    expect(lamp.asked).toEqual(['off']);
  });

  it('is off at a late word, though its timer was held up', () => {
    const now = clock.now.bind(clock);
    let jump = 0;
    Object.defineProperty(clock, 'now', { value: () => now() + jump });
    lit();
    // The process stood still: its timers have not run, its clock went on.
    jump = 5_000;
    expect(lease.hear(host, 'on')).toBeUndefined();
    expect(lamp.asked).toEqual(['off']);
    expect(lease.holds).toBe(false);
    expect(lease.holder).toEqual(host);
  });

  it('is off when the host starts anew, goes, or the machine stops, each said in its words', () => {
    lit();
    lease.hear({ ...host, session: idOf('7') }, 'on');
    lit();
    lease.hear({ ...host, session: idOf('7') }, 'on');
    lease.hold(lamp, idOf('2'));
    lease.hear({ ...host, session: idOf('7') }, 'bye');
    lease.hear(host, 'on');
    lease.hold(lamp, idOf('3'));
    lease.hold(fan, idOf('4'));
    lease.end('is left: this machine stops');
    expect(warnings()).toEqual([
      'living-room has started anew: "lamp" made safe.',
      'living-room has started anew: "lamp" made safe.',
      'living-room has gone: "lamp" made safe.',
      'living-room is left: this machine stops: "lamp", "fan" made safe.',
    ]);
  });

  it('leaves no timer behind once it has ended', async () => {
    lit(idOf('1'), 60_000);
    lease.end('has gone');
    expect(clock.pending).toBe(0);
    await clock.advance('5m');
    expect(lamp.asked).toEqual(['off']);
  });
});

describe('the longest time that a host allows', () => {
  it('counts from the first wish, whatever comes after it', async () => {
    lit(idOf('1'), 1_500);
    await clock.advance('1s');
    lit(idOf('2'), 1_500);
    await clock.advance('500ms');
    expect(lamp.asked).toEqual(['off']);
  });

  it('counts anew once it was off', async () => {
    lit(idOf('1'), 1_500);
    await clock.advance('1s');
    lamp.state = 'off';
    lease.settle();
    lit(idOf('2'), 1_500);
    await clock.advance('1s');
    expect(lamp.asked).toEqual([]);
    await clock.advance('500ms');
    expect(lamp.asked).toEqual(['off']);
  });

  it('may come with a later wish, and may be none at all', async () => {
    lit(idOf('1'));
    lit(idOf('2'), 0);
    await clock.advance('1ms');
    expect(lamp.asked).toEqual(['off']);
  });
});

describe('a wish that is taken back', () => {
  it('switches off what it was the last to set off', () => {
    lit(idOf('1'));
    lease.hold(lamp, idOf('2'));
    lease.cancelWish(idOf('1'));
    lease.cancelWish(idOf('9'));
    expect(lamp.asked).toEqual([]);
    lease.cancelWish(idOf('2'));
    expect(lamp.asked).toEqual(['off']);
  });
});

describe('what counts as on', () => {
  beforeEach(() => lit());

  it('is what is busy, waits, has a pin that is on, or drives such a one', () => {
    lamp.state = 'off';
    lamp.busy = true;
    lease.settle();
    lamp.busy = false;
    lamp.waiting = 1;
    lease.settle();
    lamp.waiting = 0;
    lamp.drives = ['fan'];
    fan.state = 'on';
    lease.settle();
    expect(lease.holds).toBe(true);
    fan.state = 'off';
    changes = 0;
    lease.settle();
    expect([lease.holds, changes]).toEqual([false, 1]);
    lease.settle();
    expect(changes).toBe(1);
  });

  it('is none of those that drive each other in a circle, or drive nobody', () => {
    lamp.state = 'off';
    lamp.drives = ['fan', 'gone'];
    fan.drives = ['lamp'];
    lease.settle();
    expect(lease.holds).toBe(false);
  });

  it('is one without pins until it says that it is off', () => {
    const bulb = new FakeGadget('bulb', false);
    gadgets.list.push(bulb);
    bulb.state = 'unknown';
    lamp.state = 'off';
    lease.hold(bulb, idOf('5'));
    lease.settle();
    expect(lease.holds).toBe(true);
    bulb.state = 'off';
    lease.settle();
    expect(lease.holds).toBe(false);
  });

  it('is what is just being done, though no pin has moved yet', () => {
    lamp.state = 'off';
    lease.settle(new Set(['lamp']));
    expect(lease.holds).toBe(true);
    lease.settle(new Set(['fan']));
    expect(lease.holds).toBe(false);
  });

  it('is switched off by its name, or all of it', () => {
    lease.hold(fan, idOf('2'));
    lease.switchOff('fan');
    lease.switchOff('gone');
    expect([lamp.asked, fan.asked]).toEqual([[], ['off']]);
    lease.switchOff();
    expect([lamp.asked, fan.asked]).toEqual([['off'], ['off', 'off']]);
  });
});
