import { describe, expect, it } from '@jest/globals';
import { firstPartyKinds } from '../../src/gadgets/kinds/first-party.js';
import { configuredOutputs } from '../../src/guardian/configured-outputs.js';

function ofGpio(config: unknown, use = 'gpio') {
  return configuredOutputs([{ id: 'gpio', use, enabled: true, config }]);
}

const all = {
  gadgets: {
    lamp: { type: 'light', pin: 'BOARD11' },
    glow: { type: 'light', pin: 18, dimmable: true },
    dark: { type: 'light', pin: 19, dimmable: true, activeLow: true },
    fan: { type: 'relay', pin: 'GPIO22', activeLow: true },
    horn: { type: 'buzzer', pin: 12, tones: true },
    arm: { type: 'servo', pin: 13, chip: 'pca9685', channel: 4 },
    mood: { type: 'rgb', red: 5, green: 6, blue: 7 },
    cart: { type: 'motor', forward: 23, backward: 24 },
    act: { type: 'onboard-led' },
    bell: { type: 'button', pin: 2 },
    door: { type: 'sensor', pin: 3 },
    all: { type: 'group', gadgets: ['lamp'] },
  },
};

describe('the configured outputs', () => {
  it('are those of each kind of gadget, and no inputs', () => {
    expect(ofGpio(all).map(({ name, means, safe }) => `${name} ${means} ${safe}`)).toEqual([
      'GPIO17 pin 0',
      'GPIO18 light 0',
      'GPIO19 pin 1',
      'GPIO22 pin 1',
      'GPIO12 pwm 0',
      'GPIO13 pwm 0',
      'GPIO5 pin 0',
      'GPIO6 pin 0',
      'GPIO7 pin 0',
      'GPIO23 pin 0',
      'GPIO24 pin 0',
      'ACT led 0',
    ]);
    expect(ofGpio(all)[5]).toMatchObject({ by: 'arm', chip: 'pca9685', channel: 4 });
  });

  it('know every kind of the plugin', () => {
    const gadgets = Object.fromEntries(
      firstPartyKinds.map(({ type }) => [
        type,
        { type, pin: 17, red: 17, green: 17, blue: 17, forward: 17, backward: 17 },
      ]),
    );
    expect(ofGpio({ gadgets }).filter(({ safe }) => safe === undefined)).toEqual([]);
  });

  it('are found whatever names the plugin, and whatever else is wrong', () => {
    const gadgets = { lamp: { type: 'light', pin: 17, maxOn: 'soon' }, odd: 17, none: null };
    expect(ofGpio({ gadgets, drivr: 1 }, '@pertybot/plugin-gpio')).toMatchObject([
      { name: 'GPIO17', offset: 17, by: 'lamp' },
    ]);
  });

  it('are told where no pin can be read', () => {
    expect(ofGpio({ gadgets: { lamp: { type: 'light', pin: 'nowhere' } } })).toMatchObject([
      { name: 'nowhere', offset: undefined, by: 'lamp' },
    ]);
  });

  it('of other plugins have no level that is known to be off', () => {
    const config = { cannon: { pin: 'GPIO22', burst: '500ms', tries: 3 } };
    expect(configuredOutputs([{ id: 'confetti', use: './c.ts', enabled: true, config }])).toEqual([
      { name: 'GPIO22', offset: 22, by: 'confetti', means: 'pin', safe: undefined },
    ]);
    expect(ofGpio({ gadgets: { c: { type: 'cannon', pin: 'GPIO22' } } })).toMatchObject([
      { by: 'c', safe: undefined },
    ]);
  });

  it.each([
    [
      'of a disabled entry',
      configuredOutputs([{ id: 'gpio', use: 'gpio', enabled: false, config: all }]),
    ],
    ['on the simulated board', ofGpio({ ...all, driver: 'simulated' })],
    ['in dry-run', ofGpio({ ...all, mode: 'dry-run' })],
    [
      'of a gadget in dry-run',
      ofGpio({ gadgets: { a: { type: 'light', pin: 4, mode: 'dry-run' } } }),
    ],
    [
      'of a pin in dry-run',
      ofGpio({ gadgets: { a: { type: 'light', pin: 4 } }, pins: { BOARD7: { mode: 'dry-run' } } }),
    ],
    ['of nothing', configuredOutputs([])],
    ['of a config that is none', ofGpio('GPIO')],
  ])('are none %s', (_, outputs) => {
    expect(outputs).toEqual([]);
  });
});
