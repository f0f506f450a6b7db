import { describe, expect, it } from '@jest/globals';
import { stateOf, switchersOf } from '../../../src/page/board/gadget-state.js';
import { findPin } from '../../../src/page/board/header-pins.js';
import type { PageGadget, PageOutput } from '../../../src/shared/feed.js';
import { Told } from '../told.js';

const gadget = (type: string, state: string, pins: readonly string[] = []): PageGadget => ({
  name: 'it',
  type,
  state,
  busy: false,
  waiting: 0,
  pins,
  usage: '',
  verbs: [],
});

const output = (pin: string, on: boolean, parts: Partial<PageOutput> = {}): PageOutput => ({
  gadget: 'it',
  kind: 'light',
  pin,
  on,
  level: on ? 1 : 0,
  ...parts,
});

describe('stateOf', () => {
  it('is as bright as its output says, or as it says itself', () => {
    const outputs = [output('GPIO17', true, { share: 0.3, offAt: 7, maxOn: 9 })];
    expect(stateOf(gadget('light', 'on'), { outputs, inputs: [] })).toMatchObject({
      isOn: true,
      brightness: 0.3,
      ends: { offAt: 7, maxOn: 9 },
    });
    expect(stateOf(gadget('light', 'dimmed to 40 %'), { outputs, inputs: [] }).brightness).toBe(
      0.4,
    );
  });

  it('mixes the colour of its three pins', () => {
    const pins = ['GPIO5', 'GPIO6', 'GPIO13'];
    const rgb = gadget('rgb', 'orange', pins);
    const outputs = [output('GPIO5', true), output('GPIO6', true, { share: 0.25 })];
    expect(stateOf(rgb, { outputs, inputs: [] }).color).toBe('#ff8000');
    expect(stateOf(rgb, { outputs: [output('GPIO5', false)], inputs: [] }).color).toBeUndefined();
  });

  it('is on while its button is pressed', () => {
    const inputs = [{ gadget: 'it', pin: 'GPIO22', pressed: true, level: 0 as const }];
    expect(stateOf(gadget('button', 'pressed'), { outputs: [], inputs }).isOn).toBe(true);
  });

  it.each([
    ['light', 'on', true],
    ['light', 'off', false],
    ['sequence', 'playing', true],
    ['group', 'idle', false],
    ['wled', 'unreachable', false],
    ['thermometer', '21.5 °C', false],
  ])('believes a %s of elsewhere that is %s', (type, state, isOn) => {
    expect(stateOf(gadget(type, state), { outputs: [], inputs: [] }).isOn).toBe(isOn);
  });
});

describe('switchersOf', () => {
  it('knows who switched on last, and forgets him when nobody knows of the next', () => {
    const pin = (by: string | undefined, on: boolean, name: string) =>
      ['pin', { gadget: name, pin: 'GPIO1', on, ...(by && { cause: { by } }) }] as const;
    const { feed } = new Told()
      .add(1, ...pin('alice', true, 'lamp'))
      .add(2, ...pin('bob', true, 'fan'))
      .add(3, ...pin('the guard', false, 'lamp'))
      .add(4, ...pin(undefined, true, 'fan'));
    expect([...switchersOf(feed)]).toEqual([['lamp', 'alice']]);
  });
});

describe('findPin', () => {
  it.each([
    ['GPIO17', 11],
    ['bcm17', 11],
    ['17', 11],
    ['BOARD11', 11],
    ['J8:11', 11],
    ['GPIO99', undefined],
    ['BOARD99', undefined],
    ['', undefined],
  ])('finds %j at pin %j', (written, number) => {
    expect(findPin(written)?.number).toBe(number);
  });
});
