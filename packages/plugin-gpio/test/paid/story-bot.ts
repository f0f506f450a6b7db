import { verb } from '@pertybot/plugin-gpio';
import { deafPlugin } from '../deaf-plugin.js';

/** What switches itself on again and again. */
export const howls = deafPlugin((siren, { clock }) => {
  const wait = (time: number) => new Promise<void>((resolve) => void clock.after(time, resolve));
  const howl = async () => {
    for (let turn = 0; turn < 6; turn++) {
      await siren.on();
      await wait(700);
      await siren.off();
      await wait(300);
    }
  };
  return {
    howl: verb({ about: 'Howls', run: async () => ({ rest: howl() }) }),
    stick: verb({
      about: 'Sticks',
      run: async () => {
        await howl();
        await wait(600_000);
      },
    }),
    jam: verb({
      about: 'Jams',
      run: async () => {
        await siren.on();
        await wait(400);
        throw new Error('jammed');
      },
    }),
  };
});

/** Gadgets of all sorts, some of which share others. */
export const gadgets = {
  lamp: { type: 'light', pin: 'GPIO17', maxOn: '10m' },
  star: { type: 'light', pin: 'GPIO18', maxOn: '20s', busy: 'queue(4)' },
  horn: { type: 'buzzer', pin: 'GPIO27', maxOn: '5s', minOff: '1s' },
  fan: { type: 'relay', pin: 'GPIO5', maxOn: '30s', busy: 'refuse' },
  glow: { type: 'rgb', red: 'GPIO22', green: 'GPIO23', blue: 'GPIO24', maxOn: '1m' },
  bulb: { type: 'light', pin: 'GPIO25', maxOn: '1m', crowd: 'vote(2s)', off: 'anyone' },
  arm: { type: 'motor', forward: 'GPIO16', backward: 'GPIO26', maxOn: '5s' },
  siren: { type: 'deaf', pin: 'GPIO6', busy: 'queue(3)' },
  both: { type: 'group', gadgets: ['lamp', 'star'] },
  all: { type: 'group', gadgets: ['lamp', 'star', 'fan', 'glow'] },
  show: { type: 'sequence', steps: ['lamp on 5s', 'wait 3s', 'star on 2s', 'horn', 'fan on 1s'] },
  party: { type: 'sequence', steps: ['both blink 4', 'wait 1s', 'glow red'], busy: 'queue(3)' },
};

/** How long each pin may be on, milliseconds. */
export const maxOn: Readonly<Record<number, number>> = {
  17: 600_000,
  18: 20_000,
  27: 5_000,
  5: 30_000,
  22: 60_000,
  23: 60_000,
  24: 60_000,
  25: 60_000,
  6: 5_000,
  16: 5_000,
  26: 5_000,
};

/** Pins of a motor, which are never on together. */
export const opposites = [16, 26] as const;

/** Between them, milliseconds. */
export const deadTime = 50;

export const rewards = {
  Lamp: { cost: 1, run: 'lamp on 10s' },
  Light: { cost: 1, run: 'lamp on' },
  Dark: { cost: 1, run: 'lamp off' },
  Blink: { cost: 1, run: 'star blink 5' },
  Star: { cost: 1, run: 'star on 4s' },
  Horn: { cost: 1, run: 'horn beep 2' },
  Fan: { cost: 1, run: 'fan on 8s' },
  Both: { cost: 1, run: 'both on 6s' },
  All: { cost: 1, run: 'all on 6s' },
  Show: { cost: 1, run: 'show play' },
  Party: { cost: 1, run: 'party play' },
  Glow: { cost: 1, run: 'glow rainbow' },
  Arm: { cost: 1, run: 'arm forward 2s' },
  Back: { cost: 1, run: 'arm backward 4s' },
  Howl: { cost: 1, run: 'siren howl' },
  Jam: { cost: 1, run: 'siren jam' },
  Stick: { cost: 1, run: 'siren stick' },
};

/** The pins of a reward, and for one that has a single pin on for a time, half of that in milliseconds. */
export const paidPins: Readonly<
  Record<string, { readonly pins: readonly number[]; readonly half?: number }>
> = {
  Lamp: { pins: [17], half: 5_000 },
  Light: { pins: [17] },
  Dark: { pins: [17] },
  Blink: { pins: [18] },
  Star: { pins: [18], half: 2_000 },
  Horn: { pins: [27] },
  Fan: { pins: [5], half: 4_000 },
  Both: { pins: [17, 18] },
  All: { pins: [17, 18, 5, 22, 23, 24] },
  Show: { pins: [17, 18, 27, 5] },
  Party: { pins: [17, 18, 22, 23, 24] },
  Glow: { pins: [22, 23, 24] },
  Arm: { pins: [16], half: 1_000 },
  Back: { pins: [26], half: 2_000 },
  Howl: { pins: [6] },
  Jam: { pins: [6] },
  Stick: { pins: [6] },
};

export const viewers = ['ann', 'bob', 'cat', 'dan'];

/** What viewers type. */
export const words = [
  ...['!lamp on', '!lamp off', '!lamp toggle', '!lamp blink 3', '!lamp on 4s', '!lamp'],
  ...['!star on', '!star off', '!star blink 2', '!star on 3s'],
  ...['!horn', '!horn 3', '!horn off', '!fan on 2s', '!fan off', '!fan toggle'],
  ...['!glow red', '!glow off', '!glow rainbow', '!both on', '!both off', '!both on 3s'],
  ...['!all off', '!all on 2s', '!show', '!show off', '!show stop', '!party', '!party off'],
  ...[
    '!bulb on',
    '!bulb off',
    '!bulb on 2s',
    '!siren howl',
    '!siren off',
    '!siren stick',
    '!siren jam',
  ],
  ...['!arm forward', '!arm backward', '!arm backward 1s', '!arm stop'],
  ...['!stop', '!nope'],
];

/** What plays first, and then what it plays with. */
export const switchesAllOff = [
  ...['!show off', '!party off', '!all off', '!both off', '!horn off'],
  ...['!lamp off', '!star off', '!fan off', '!glow off', '!bulb off', '!siren off', '!arm stop'],
];
