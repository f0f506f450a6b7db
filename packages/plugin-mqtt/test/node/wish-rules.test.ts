import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Refusal, refuse } from '@pertybot/core';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { Lease } from '../../src/node/lease.js';
import { Wishes } from '../../src/node/wishes.js';
import { Beats } from '../../src/protocol/beats.js';
import { type Answer, type Ask, readMessage } from '../../src/protocol/messages.js';
import { FakeGadget, FakeGadgets } from '../support/fake-gadget.js';
import { bytes, host, idOf, stranger, wishOf } from '../support/said.js';

let clock: ManualClock;
let log: MemoryLogger;
let lamp: FakeGadget;
let fan: FakeGadget;
let gadgets: FakeGadgets;
let lease: Lease;
let beats: Beats;
let isStopped: boolean;
let answers: { readonly host: string; readonly answer: Answer }[];
let wishes: Wishes;
let count: number;

beforeEach(() => {
  clock = new ManualClock();
  log = new MemoryLogger();
  lamp = new FakeGadget('lamp');
  fan = new FakeGadget('fan');
  gadgets = new FakeGadgets(lamp, fan);
  lease = new Lease({ clock, log, gadgets, changed() {} });
  beats = new Beats(idOf('c'), clock);
  isStopped = false;
  answers = [];
  count = 0;
  wishes = new Wishes({
    ...{ node: 'garage', plugin: 'mqtt', clock, log, gadgets, lease, beats },
    isStopped: () => isStopped,
    answer: (to, answer) => void answers.push({ host: to, answer }),
  });
});

/** Wishes it now, and lets what comes of it come. @returns the id of the wish */
async function wish(ask: Ask, from = host): Promise<string> {
  count += 1;
  const id = count.toString(16).padStart(16, '0');
  await wishes.take(wishOf({ id, host: from, beat: beats.next(), ask }));
  await clock.advance('0ms');
  return id;
}

const on = (gadget = 'lamp', more = {}): Ask => ({
  ...{ do: 'perform', gadget, action: 'on', paid: false },
  ...more,
});

const said = () =>
  answers.map(({ answer }) => (answer.is === 'refused' ? answer.refusal.text : answer.is));

describe('what is wished of a node', () => {
  it('is done, answered to its host alone, and told when it has ended', async () => {
    await wish(on());
    expect(lamp.asked).toEqual(['on']);
    expect(said()).toEqual(['moved', 'done']);
    expect(answers.every(({ host: to }) => to === host.id)).toBe(true);
    expect(answers[0]?.answer).toMatchObject({ text: 'lamp is on' });
  });

  it('is done once, however often it comes', async () => {
    const twice = wishOf({ beat: beats.next() });
    await Promise.all(Array.from({ length: 50 }, () => wishes.take(twice)));
    await wishes.take({ ...twice, beat: beats.next() });
    expect(lamp.asked).toEqual(['on']);
    expect(said().filter((each) => each === 'moved')).toHaveLength(1);
  });

  it('is refused when it quotes a beat that is too old, and asks no gadget', async () => {
    const beat = beats.next();
    await clock.advance('2001ms');
    await wishes.take(wishOf({ beat }));
    await wishes.take(wishOf({ id: idOf('e'), beat: { session: idOf('0'), n: 1 } }));
    expect(said()).toEqual(['garage heard of it too late.', 'garage heard of it too late.']);
    expect([lamp.asked, lease.holder]).toEqual([[], undefined]);
  });

  it('is refused to a second host by the name of the first', async () => {
    await wish(on());
    await wish(on('fan'), stranger);
    await wish({ do: 'off' }, stranger);
    expect(said().filter((each) => each.includes('held'))).toEqual([
      'garage is held by living-room.',
      'garage is held by living-room.',
    ]);
    expect([lamp.asked, fan.asked]).toEqual([['on'], []]);
  });

  it('is refused while a bot has stopped everything, but for what switches off', async () => {
    isStopped = true;
    await wish(on());
    await wish({ do: 'off', gadget: 'lamp' });
    await wish({ do: 'stop', gadget: 'lamp' });
    expect(said()).toEqual([expect.stringMatching(/^Emergency stop/), 'moved', 'moved']);
    expect(lamp.asked).toEqual(['off', 'stop']);
  });

  it('is refused of a gadget that is not here, or that another machine has', async () => {
    fan.node = 'attic';
    for (const ask of [on('gone'), on('fan'), { do: 'off', gadget: 'gone' }] as const)
      await wish(ask);
    expect(said()).toEqual([
      'garage has no "gone" now.',
      'garage has no "fan" now.',
      'garage has no "gone" now.',
    ]);
    expect(fan.asked).toEqual([]);
  });

  it('is refused when the gadget fails, and the log says how', async () => {
    lamp.answer = async () => {
      throw new Error('the card is full');
    };
    await wish(on());
    expect(said()).toEqual(['garage has no "lamp" now.']);
    expect(log.lines.map(({ message }) => message)).toEqual(['"lamp" failed: the card is full']);
    lamp.state = 'off';
    wishes.settle();
    expect(lease.holds).toBe(false);
  });

  it('is held on while it is being done, though nothing has moved yet', async () => {
    let settle: (refusal: Refusal) => void = () => {};
    lamp.answer = () =>
      new Promise((resolve) => {
        settle = resolve;
      });
    const doing = wish(on());
    lamp.state = 'off';
    wishes.settle();
    expect(lease.holds).toBe(true);
    settle(refuse('pin.busy', { text: 'lamp is busy' }));
    await doing;
    expect(lease.holds).toBe(false);
  });
});

describe('what is switched off', () => {
  it('is all that the host has wished, or one gadget whoever wished it', async () => {
    await wish(on());
    await wish({ do: 'off', gadget: 'fan' });
    await wish({ do: 'off' });
    expect([lamp.asked, fan.asked]).toEqual([['on', 'off'], ['off']]);
  });

  it('is what a wish has set off that is taken back', async () => {
    const first = await wish(on());
    await wish({ do: 'cancel', wish: first });
    expect(lamp.asked).toEqual(['on', 'off']);
  });

  it('is never on again for a wish that comes after it was taken back', async () => {
    await wish({ do: 'cancel', wish: idOf('f') });
    await wishes.take(wishOf({ beat: beats.next() }));
    expect([lamp.asked, said()]).toEqual([[], ['moved']]);
  });
});

describe('what a node says of a refusal', () => {
  /** The refusal as the host reads it. */
  async function readBack(refusal: Refusal) {
    lamp.answer = async () => refusal;
    await wish(on());
    const read = readMessage('answer', bytes(answers.at(-1)?.answer));
    return read?.is === 'refused' ? read.refusal : undefined;
  }

  it('is its reason, its sentence, its values and its time', async () => {
    const refusal = refuse('pin.minOff', {
      text: 'lamp rests',
      values: { left: '3s' },
      retryAfter: 3_000,
    });
    expect(await readBack(refusal)).toEqual({
      ...{ reason: 'pin.minOff', text: 'lamp rests' },
      ...{ values: { left: '3s' }, retryAfter: 3_000 },
    });
  });

  it('is its reason where it has no sentence, and never a time before now', async () => {
    expect(await readBack(refuse('pin.busy', {}))).toMatchObject({ reason: 'pin.busy' });
    expect(await readBack(refuse('pin.busy', { text: 'x', retryAfter: -5 }))).toEqual({
      ...{ reason: 'pin.busy', text: 'x', retryAfter: 0 },
    });
  });

  it('is cut to what a host takes, and has its values whole or not at all', async () => {
    const long = await readBack(
      refuse('a', { text: 'x'.repeat(9_999), values: { b: 'y'.repeat(201) } }),
    );
    expect(long).toEqual({ reason: 'a', text: 'x'.repeat(400) });
    const values = Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`k${n}`, 'v']));
    expect(await readBack(refuse('a', { text: 'b', values }))).toEqual({ reason: 'a', text: 'b' });
  });
});

describe('a wish that somebody paid for', () => {
  it('is judged by what the gadget refused', async () => {
    lamp.answer = async () => refuse('pin.already', { text: 'lamp is on already' });
    await wish(on('lamp', { paid: true }));
    expect(answers.map(({ answer }) => answer.is)).toEqual(['refused', 'judged']);
    expect(answers[1]?.answer).toMatchObject({ refusal: { reason: 'pin.already' } });
  });

  it('is not judged of one that nobody paid for', async () => {
    await wish(on());
    expect(said()).not.toContain('judged');
  });
});
