import { describe, expect, it } from '@jest/globals';
import type { SharedOutput } from '@pertybot/core/host';
import { announce, statesOf } from '../../src/node/announce.js';
import { largestAnnouncement, readMessage } from '../../src/protocol/messages.js';
import { FakeGadget, FakeGadgets } from '../support/fake-gadget.js';
import { bytes, idOf } from '../support/said.js';

const session = idOf('c');

/** A gadget with this one verb. */
function gadgetWith(name: string, verb: Partial<FakeGadget['verbs'][number]> = {}): FakeGadget {
  const gadget = new FakeGadget(name);
  gadget.verbs = [{ name: 'on', about: '', ...verb }];
  return gadget;
}

/** What a host reads of what a node announces. */
const read = (gadgets: FakeGadgets) =>
  readMessage('gadgets', bytes(announce(session, gadgets)))?.gadgets;

describe('what a node announces', () => {
  it('is what a host reads, of no gadgets as well', () => {
    expect(read(new FakeGadgets())).toEqual([]);
    expect(read(new FakeGadgets(new FakeGadget('lamp')))).toEqual([
      {
        ...{ name: 'lamp', type: 'light', about: 'A lamp', usage: 'lamp <on|off>' },
        ...{ verbs: [{ name: 'on', about: 'Switches on' }], pins: ['GPIO17'], drives: [] },
        outputs: [{ pin: 'GPIO17', kind: 'light', driver: 'simulated' }],
      },
    ]);
  });

  it('is no gadget of another machine, nor one that nobody could name or ask', () => {
    const far = new FakeGadget('far');
    far.node = 'attic';
    const mute = new FakeGadget('mute');
    mute.verbs = [];
    const names = ['a b', 'a/b', 'x'.repeat(26), 'estop', '', '__proto__'];
    const odd = names.map((name) => new FakeGadget(name));
    expect(read(new FakeGadgets(far, mute, ...odd, new FakeGadget('lamp')))).toMatchObject([
      { name: 'lamp' },
    ]);
  });

  it('has no time without an end, which JSON could not say', () => {
    const gadgets = new FakeGadgets(gadgetWith('lamp', { lasts: Number.POSITIVE_INFINITY }));
    const limits: Partial<SharedOutput> = {
      ...{ maxOn: Number.POSITIVE_INFINITY, minOff: Number.NaN, maxTogglesPerSecond: -1 },
      ...{ dryRun: true, guardian: 'required' },
    };
    const output: SharedOutput = {
      ...{ gadget: 'lamp', pin: 'GPIO4', kind: 'output', on: false, level: 0 },
      ...limits,
    };
    gadgets.more.push(output);
    const [lamp] = read(gadgets) ?? [];
    expect(lamp?.verbs).toEqual([{ name: 'on', about: '' }]);
    expect(lamp?.outputs[1]).toEqual({
      ...{ pin: 'GPIO4', kind: 'output', dryRun: true, guardian: 'required' },
    });
  });

  it('leaves out a verb, a default or a driven one that has no plain name', () => {
    const lamp = gadgetWith('lamp', { name: 'on fire' });
    lamp.verbs = [...lamp.verbs, { name: 'on', about: '', urgent: true, value: 'time' }];
    lamp.drives = ['fan', 'a b'];
    Object.assign(lamp, { direct: 'on fire' });
    const [said] = read(new FakeGadgets(lamp)) ?? [];
    expect(said).toMatchObject({
      drives: ['fan'],
      verbs: [{ name: 'on', urgent: true, value: 'time' }],
    });
    expect(said).not.toHaveProperty('direct');
  });

  it('is cut where its texts are longer than a host takes', () => {
    const lamp = gadgetWith('lamp', { about: 'x'.repeat(999), value: 'y'.repeat(99) });
    lamp.verbs = Array.from({ length: 60 }, (_, n) => ({
      ...lamp.verbs[0],
      name: `v${n}`,
      about: 'x'.repeat(999),
    }));
    lamp.drives = Array.from({ length: 60 }, (_, n) => `g${n}`);
    Object.assign(lamp, { about: 'z'.repeat(999), usage: 'u'.repeat(999), type: 't'.repeat(99) });
    Object.assign(lamp, { pins: Array.from({ length: 40 }, (_, n) => `GPIO${n}`) });
    const [said] = read(new FakeGadgets(lamp)) ?? [];
    expect(said?.verbs).toHaveLength(40);
    expect([said?.drives.length, said?.pins.length, said?.about.length]).toEqual([40, 16, 200]);
  });

  it('is cut to what a broker takes, and says how many gadgets are left out', () => {
    const many = Array.from({ length: 200 }, (_, n) => {
      const gadget = gadgetWith(`g${n}`, { about: 'x'.repeat(200) });
      Object.assign(gadget, { about: '€'.repeat(200), usage: 'u'.repeat(400) });
      return gadget;
    });
    const cuts: number[] = [];
    const said = announce(session, new FakeGadgets(...many), (count) => void cuts.push(count));
    expect(bytes(said).length).toBeLessThanOrEqual(largestAnnouncement);
    expect(said.gadgets.length).toBeGreaterThan(30);
    expect(cuts).toEqual([200 - said.gadgets.length]);
    expect(readMessage('gadgets', bytes(said))?.gadgets).toHaveLength(said.gadgets.length);
  });

  it('is two hundred gadgets of ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => gadgetWith(`g${n}`));
    expect(read(new FakeGadgets(...many.slice(0, 400)))).toHaveLength(200);
    expect(Object.keys(statesOf(new FakeGadgets(...many.slice(0, 400))))).toHaveLength(200);
  });
});

describe('what a node tells of how its gadgets are', () => {
  it('is what a host reads, with each pin of them', () => {
    const lamp = new FakeGadget('lamp');
    Object.assign(lamp, { state: 'on', busy: true, waiting: 3 });
    const gadgets = new FakeGadgets(lamp);
    const second: SharedOutput = {
      gadget: 'lamp',
      pin: 'GPIO4',
      kind: 'output',
      on: false,
      level: 0,
    };
    gadgets.more.push(second, { ...second, gadget: 'other' });
    const said = { session, holder: null, holds: false, gadgets: statesOf(gadgets) };
    expect(readMessage('state', bytes(said))?.gadgets).toEqual({
      lamp: { state: 'on', busy: true, waiting: 3, on: [true, false] },
    });
  });

  it('is cut where a gadget tells a story', () => {
    const lamp = new FakeGadget('lamp');
    lamp.state = 'x'.repeat(5_000);
    expect(statesOf(new FakeGadgets(lamp)).lamp?.state).toHaveLength(60);
  });
});

describe('what a node says of the pins of any plugin', () => {
  it('is what a host reads, however it is written', () => {
    const long = 'channel 3 of the board at 0x40 on bus 1';
    const gadget = Object.assign(new FakeGadget('lamp'), { pins: [long] });
    const gadgets = new FakeGadgets(gadget);
    gadgets.more.push({
      ...{ gadget: 'lamp', pin: long, kind: long, driver: long, on: false, level: 0 },
    });
    expect(read(gadgets)).toMatchObject([{ pins: [long.slice(0, 30)] }]);
  });

  it('is what a host reads of two hundred gadgets with long states', () => {
    const all = Array.from({ length: 200 }, (_, n) =>
      Object.assign(new FakeGadget(`lamp-${n}-${'ж'.repeat(12)}`), { state: '灯'.repeat(90) }),
    );
    const state = {
      session,
      holder: null,
      holds: false,
      gadgets: statesOf(new FakeGadgets(...all)),
    };
    expect(Object.keys(readMessage('state', bytes(state))?.gadgets ?? {}).length).toBeGreaterThan(
      150,
    );
  });
});
