import { describe, expect, it } from '@jest/globals';
import { wiringOf } from '../../src/page/wiring/wiring-of.js';
import { wiredGadgets } from '../../src/server/wired-gadgets.js';

const nothing = { outputs: [], inputs: [] };

describe('wiredGadgets', () => {
  it('tells the pins and what wiring depends on, and no other key', () => {
    const config = {
      type: 'relay',
      pin: 5,
      activeLow: true,
      token: 'secret',
      pull: 'sideways',
      host: 'GPIO.example',
      fan: 'GPIO9',
    };
    expect(wiredGadgets([{ name: 'pump', config }], nothing)).toEqual([
      { name: 'pump', type: 'relay', pins: { pin: '5', fan: 'GPIO9' }, activeLow: true },
    ]);
  });

  it('takes for a pin only what is one', () => {
    const config = { type: 'siren', pin: 'secret', red: '17', volume: 11, name: '12', J: 'J8:11' };
    const [siren] = wiredGadgets([{ name: 'siren', config }], nothing);
    expect(siren?.pins).toEqual({ red: '17', J: 'J8:11' });
  });

  it('leaves out what is no gadget, and adds what plugins have claimed', () => {
    const written = [
      { name: 'odd', config: { pin: 'GPIO3' } },
      { name: 'lamp', config: { type: 'light', pin: 'GPIO17' } },
    ];
    const output = { kind: 'light', on: false, level: 0 as const };
    const outputs = [
      { ...output, gadget: 'lamp', pin: 'GPIO17' },
      { ...output, gadget: 'confetti', pin: 'GPIO22' },
      { ...output, gadget: 'pump', pin: 'GPIO22 at garden' },
    ];
    const inputs = [{ gadget: 'knob', pin: 'GPIO4', pressed: false, level: 0 as const }];
    expect(wiredGadgets(written, { outputs, inputs })).toEqual([
      { name: 'lamp', type: 'light', pins: { pin: 'GPIO17' } },
      { name: 'confetti', type: 'light', pins: { pin: 'GPIO22' } },
      { name: 'knob', type: 'input', pins: { pin: 'GPIO4' } },
    ]);
  });
});

describe('the wiring of each kind of gadget, from plugins.yaml to the sheet', () => {
  const sheet = (config: Readonly<Record<string, unknown>>) =>
    wiredGadgets([{ name: 'it', config }], nothing)
      .map((each) => JSON.parse(JSON.stringify(each)))
      .flatMap((each) => wiringOf(each) ?? [])
      .flatMap(({ wires }) => wires.map((nodes) => nodes.map(({ label }) => label).join(' > ')));

  it.each([
    [{ type: 'light', pin: 17 }, 1, 'GPIO17, pin 11 > 330 Ω > LED > ground, such as pin 6'],
    [
      { type: 'light', pin: 'GPIO17', activeLow: true },
      1,
      '3.3 V, pin 1 or 17 > LED > 330 Ω > GPIO17, pin 11',
    ],
    [{ type: 'relay', pin: 'BOARD15' }, 2, 'GPIO22, pin 15 > IN of the relay module'],
    [
      { type: 'buzzer', pin: '27', tones: true },
      2,
      'GPIO27, pin 13 > 1 kΩ > NPN > ground, such as pin 6',
    ],
    [{ type: 'rgb', red: 5, green: 6, blue: 13 }, 4, 'GPIO5, pin 29 > 330 Ω > red'],
    [{ type: 'servo', pin: 'BCM18' }, 2, 'GPIO18, pin 12 > signal of the servo'],
    [
      { type: 'motor', forward: 20, backward: 'J8:40' },
      3,
      'GPIO20, pin 38 > first input of the driver',
    ],
    [{ type: 'button', pin: 23 }, 1, 'GPIO23, pin 16 > button > ground, such as pin 6'],
    [{ type: 'button', pin: 23, pull: 'down' }, 1, 'GPIO23, pin 16 > button > 3.3 V, pin 1 or 17'],
    [{ type: 'sensor', pin: 24 }, 2, 'GPIO24, pin 18 > OUT of the sensor'],
    [
      { type: 'thermometer', source: 'ds18b20' },
      2,
      'GPIO4, pin 7 > data of the DS18B20 > 4.7 kΩ > 3.3 V, pin 1 or 17',
    ],
  ])('is, of %j, %i wires', (config, count, first) => {
    const wires = sheet(config);
    expect(wires[0]).toBe(first);
    expect(wires).toHaveLength(count);
  });

  it.each([
    { type: 'thermometer', source: 'cpu' },
    { type: 'onboard-led' },
    { type: 'group', gadgets: ['lamp'] },
    { type: 'wled', host: 'wled.local' },
    { type: 'constructor' },
    { type: 7, pin: 17 },
    {},
  ])('is none of %j', (config) => {
    expect(sheet(config)).toEqual([]);
  });

  it('tells nothing of what may be secret, in any key', () => {
    const secret = 'hunter2';
    const config = {
      type: 'wled',
      pin: secret,
      token: secret,
      url: `http://${secret}@wled`,
      GPIO17: secret,
      red: [secret],
      pull: secret,
      source: secret,
    };
    expect(JSON.stringify(wiredGadgets([{ name: 'it', config }], nothing))).not.toContain(secret);
  });

  it('has forty pins of a gadget at most', () => {
    const config = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`p${index}`, 'GPIO4']),
    );
    const [found] = wiredGadgets([{ name: 'it', config: { type: 'wall', ...config } }], nothing);
    expect(Object.keys(found?.pins ?? {})).toHaveLength(40);
  });
});
