import { describe, expect, it } from '@jest/globals';
import { levelsOf } from '@pertybot/plugin-gpio';
import { formatPinout, headerPins, pinsIn } from '../../src/pinout/pinout.js';
import { styleFor } from '../../src/terminal/style.js';

const lines = (used: Parameters<typeof headerPins>[0]) =>
  formatPinout(headerPins(used), styleFor({}, {})).split('\n');

describe('pinsIn', () => {
  it('names the gadgets of a gpio config, however deep their pins are', () => {
    const config = {
      driver: 'auto',
      gadgets: {
        lamp: { type: 'light', pin: 'GPIO17' },
        mood: { type: 'rgb', pins: { red: 'GPIO5', green: 'GPIO6', blue: 'GPIO13' } },
      },
    };
    expect(pinsIn(config, 'gpio')).toEqual([
      { pin: 'GPIO17', by: 'lamp' },
      { pin: 'GPIO5', by: 'mood' },
      { pin: 'GPIO6', by: 'mood' },
      { pin: 'GPIO13', by: 'mood' },
    ]);
  });

  it('names another plugin that takes a pin', () => {
    expect(pinsIn({ pin: 'GPIO22', burst: 500 }, 'confetti')).toEqual([
      { pin: 'GPIO22', by: 'confetti' },
    ]);
  });

  it.each([undefined, null, 3, 'GPIO', 'text GPIO17'])('finds none in %j', (config) => {
    expect(pinsIn(config, 'x')).toEqual([]);
  });
});

describe('formatPinout', () => {
  it('draws twenty rows, odd pins on the left', () => {
    const drawn = lines([]);
    expect(drawn).toHaveLength(20);
    expect(drawn[0]).toBe('    3V3  1 ● ● 2  5V');
    expect(drawn[19]).toBe('    GND 39 ● ○ 40 GPIO21');
  });

  it('puts each user beside its pin', () => {
    const drawn = lines([
      { pin: 'GPIO17', by: 'lamp' },
      { pin: 'GPIO18', by: 'horn' },
    ]);
    expect(drawn[5]).toBe('lamp GPIO17 11 ◉ ◉ 12 GPIO18 horn');
  });
});

describe('headerPins', () => {
  it('lists all forty, with what uses them', () => {
    const pins = headerPins([
      { pin: 'GPIO17', by: 'lamp' },
      { pin: 'GPIO17', by: 'horn' },
    ]);
    expect(pins).toHaveLength(40);
    expect(pins[10]).toEqual({ board: 11, name: 'GPIO17', usedBy: ['lamp', 'horn'] });
    expect(pins[0]).toEqual({ board: 1, name: '3V3', usedBy: [] });
  });

  it('gives the levels of outputs while no bot holds them', () => {
    const levels = levelsOf({ gadget: 'lamp', pin: 'GPIO17', safe: 0 });
    const pins = headerPins([{ pin: 'GPIO17', by: 'lamp' }], levels ? [levels] : []);
    expect(pins[10]).toMatchObject({
      levels: { pin: 'GPIO17', beforeBot: { level: 0, on: false } },
    });
    expect(pins[11]).not.toHaveProperty('levels');
  });
});
