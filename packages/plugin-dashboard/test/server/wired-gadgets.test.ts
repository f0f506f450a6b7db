import { describe, expect, it } from '@jest/globals';
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
    ];
    const inputs = [{ gadget: 'knob', pin: 'GPIO4', pressed: false, level: 0 as const }];
    expect(wiredGadgets(written, { outputs, inputs })).toEqual([
      { name: 'lamp', type: 'light', pins: { pin: 'GPIO17' } },
      { name: 'confetti', type: 'light', pins: { pin: 'GPIO22' } },
      { name: 'knob', type: 'input', pins: { pin: 'GPIO4' } },
    ]);
  });
});
