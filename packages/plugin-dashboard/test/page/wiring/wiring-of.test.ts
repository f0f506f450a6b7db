import { describe, expect, it } from '@jest/globals';
import { wiringOf } from '../../../src/page/wiring/wiring-of.js';
import type { WiredGadget } from '../../../src/shared/feed.js';

const wiresOf = (gadget: Omit<WiredGadget, 'name'>) =>
  wiringOf({ name: 'it', ...gadget })?.wires.map((nodes) =>
    nodes.map(({ label }) => label).join(' > '),
  );

const notesOf = (gadget: Omit<WiredGadget, 'name'>) =>
  wiringOf({ name: 'it', ...gadget })?.notes.join(' ');

describe('wiringOf', () => {
  it('puts a resistor before an LED, on the side of the voltage where it is active-low', () => {
    expect(wiresOf({ type: 'light', pins: { pin: 'GPIO17' } })).toEqual([
      'GPIO17, pin 11 > 330 Ω > LED > ground, such as pin 6',
    ]);
    expect(wiresOf({ type: 'light', pins: { pin: '17' }, activeLow: true })).toEqual([
      '3.3 V, pin 1 or 17 > LED > 330 Ω > GPIO17, pin 11',
    ]);
  });

  it('puts a transistor before a buzzer', () => {
    const [way] = wiringOf({ name: 'horn', type: 'buzzer', pins: { pin: 'BOARD13' } })?.wires ?? [];
    expect(way?.map(({ kind }) => kind)).toEqual(['pin', 'resistor', 'transistor', 'ground']);
  });

  it('wires each leg of an rgb, and its longest to ground or to 3.3 V', () => {
    const pins = { red: 'GPIO17', green: 'GPIO27', blue: 'GPIO22' };
    expect(wiresOf({ type: 'rgb', pins })).toHaveLength(4);
    expect(wiresOf({ type: 'rgb', pins })?.at(-1)).toBe('longest leg > ground, such as pin 6');
    expect(wiresOf({ type: 'rgb', pins, activeLow: true })?.at(-1)).toContain('3.3 V');
  });

  it.each([
    ['GPIO17', false, 'switches at high.'],
    ['GPIO5', true, 'switches at low.'],
    ['GPIO5', false, 'pulled up, so the relay may click: GPIO16'],
    ['GPIO17', true, 'pulled down, so the relay may click: GPIO5'],
  ])('says of a relay at %s, active-low %j, that it %s', (pin, activeLow, told) => {
    expect(notesOf({ type: 'relay', pins: { pin }, activeLow })).toContain(told);
  });

  it('leads a button and a sensor where their pull says', () => {
    const pins = { pin: 'GPIO6' };
    expect(wiresOf({ type: 'button', pins })?.[0]).toContain('ground');
    expect(wiresOf({ type: 'button', pins, pull: 'down' })?.[0]).toContain('3.3 V');
    expect(wiresOf({ type: 'sensor', pins, pull: 'up' })).toEqual([
      'GPIO6, pin 31 > contact > ground, such as pin 6',
    ]);
    expect(wiresOf({ type: 'sensor', pins })?.[1]).toContain('5 V');
  });

  it('knows what needs no wire, what it does not know, and what hangs at no pin', () => {
    expect(wiresOf({ type: 'onboard-led', pins: {} })).toEqual([]);
    expect(wiresOf({ type: 'thermometer', pins: {} })).toEqual([]);
    expect(wiresOf({ type: 'thermometer', pins: {}, source: 'ds18b20' })?.[0]).toContain('4.7 kΩ');
    expect(wiresOf({ type: 'siren', pins: { pin: 'GPIO4' } })).toEqual([
      'GPIO4, pin 7 > see its plugin',
    ]);
    expect(wiringOf({ name: 'all', type: 'group', pins: {} })).toBeUndefined();
    expect(wiresOf({ type: 'light', pins: {} })?.[0]).toContain('?');
  });

  it.each(['constructor', 'toString', '__proto__'])('knows no gadget of the type %s', (type) => {
    expect(wiringOf({ name: 'it', type, pins: {} })).toBeUndefined();
    expect(wiresOf({ type, pins: { pin: 'GPIO4' } })).toEqual(['GPIO4, pin 7 > see its plugin']);
  });

  it.each(['motor', 'servo', 'output', 'input'])('has wires for a %s', (type) => {
    const pins = { pin: 'GPIO18', forward: 'GPIO23', backward: 'GPIO24' };
    expect(wiresOf({ type, pins })?.join()).toMatch(/pin \d+/);
  });
});
