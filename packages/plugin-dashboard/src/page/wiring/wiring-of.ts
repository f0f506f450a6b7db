import type { WiredGadget } from '../../shared/feed.js';
import { findPin } from '../board/header-pins.js';
import { entryOf } from '../parts/entry-of.js';

/** What stands in a line of wire. */
export interface Node {
  readonly kind: 'pin' | 'resistor' | 'transistor' | 'part' | 'led' | 'ground' | 'power';
  readonly label: string;
}

/** How one gadget is wired. */
export interface Wiring {
  readonly name: string;
  readonly type: string;
  /** Each from one end to the other. */
  readonly wires: readonly (readonly Node[])[];
  readonly notes: readonly string[];
}

const node = (kind: Node['kind'], label: string): Node => ({ kind, label });
const ground = node('ground', 'ground, such as pin 6');
const volts5 = node('power', '5 V, pin 2 or 4');
const volts3 = node('power', '3.3 V, pin 1 or 17');
const part = (label: string): Node => node('part', label);
const resistor = (label: string): Node => node('resistor', label);

/** A pin with its number on the header; what is no pin stays as it is written. */
function pinNode(written: string | undefined): Node {
  const pin = written === undefined ? undefined : findPin(written);
  return node('pin', pin ? `${pin.name}, pin ${pin.number}` : (written ?? '?'));
}

/** How a gadget is wired, as docs/gadgets.md says it. @returns undefined where nothing hangs at a pin */
export function wiringOf(gadget: WiredGadget): Wiring | undefined {
  const { name, type, pins } = gadget;
  const way = entryOf(ways, type) ?? (Object.keys(pins).length > 0 ? otherwise : undefined);
  if (way === undefined) return undefined;
  return { name, type, ...way(gadget) };
}

type Way = (gadget: WiredGadget) => Pick<Wiring, 'wires' | 'notes'>;

const lowAtPowerOn = /^GPIO(?:[0-8])$/;

const ways: Readonly<Record<string, Way>> = {
  light: ({ pins, activeLow }) => ({
    wires: [
      activeLow
        ? [volts3, node('led', 'LED'), resistor('330 Ω'), pinNode(pins.pin)]
        : [pinNode(pins.pin), resistor('330 Ω'), node('led', 'LED'), ground],
    ],
    notes: [
      'The long leg of the LED is the side that the current comes from. Anything stronger needs a transistor or a relay.',
    ],
  }),
  relay: ({ pins, activeLow }) => ({
    wires: [
      [pinNode(pins.pin), part('IN of the relay module')],
      [volts5, part('VCC'), part('GND'), ground],
    ],
    notes: relayNotes(pins.pin, activeLow),
  }),
  buzzer: ({ pins, tones }) => ({
    wires: [
      [pinNode(pins.pin), resistor('1 kΩ'), node('transistor', 'NPN'), ground],
      [volts5, part('buzzer'), part('collector')],
    ],
    notes: [
      `${tones ? 'A passive buzzer, at a pin with hardware PWM.' : 'An active buzzer.'} One of up to 16 mA may hang between pin and ground without a transistor.`,
    ],
  }),
  rgb: ({ pins, activeLow }) => ({
    wires: [
      ...(['red', 'green', 'blue'] as const).map((color) => [
        pinNode(pins[color]),
        resistor('330 Ω'),
        node('led', color),
      ]),
      [part('longest leg'), activeLow ? volts3 : ground],
    ],
    notes: [],
  }),
  motor: ({ pins }) => ({
    wires: [
      [pinNode(pins.forward), part('first input of the driver')],
      [pinNode(pins.backward), part('second input')],
      [part('GND of the driver'), ground],
    ],
    notes: ['A driver such as the DRV8833 or L298N, with a supply of its own.'],
  }),
  servo: ({ pins }) => ({
    wires: [
      [pinNode(pins.pin), part('signal of the servo')],
      [node('power', 'own 5 V supply'), part('+'), part('−'), ground],
    ],
    notes: ['All grounds together.'],
  }),
  button: ({ pins, pull = 'up' }) => ({
    wires: [[pinNode(pins.pin), part('button'), pull === 'down' ? volts3 : ground]],
    notes: [],
  }),
  sensor: ({ pins, pull = 'down' }) =>
    pull === 'up'
      ? { wires: [[pinNode(pins.pin), part('contact'), ground]], notes: [] }
      : {
          wires: [
            [pinNode(pins.pin), part('OUT of the sensor')],
            [volts5, part('VCC'), part('GND'), ground],
          ],
          notes: ['Its output must be 3.3 V at most.'],
        },
  input: ({ pins }) => ({
    wires: [[pinNode(pins.pin), part('see its plugin')]],
    notes: [],
  }),
  thermometer: ({ source }) =>
    source === 'ds18b20'
      ? {
          wires: [
            [pinNode('GPIO4'), part('data of the DS18B20'), resistor('4.7 kΩ'), volts3],
            [volts3, part('VDD'), part('GND'), ground],
          ],
          notes: [],
        }
      : { wires: [], notes: ['The processor has it: no wires.'] },
  'onboard-led': () => ({ wires: [], notes: ['It is on the Raspberry Pi: no wires.'] }),
};

const otherwise: Way = ({ pins }) => ({
  wires: Object.entries(pins).map(([key, pin]) => [
    pinNode(pin),
    part(key === 'pin' ? 'see its plugin' : key),
  ]),
  notes: [],
});

/** GPIO0 to GPIO8 are pulled up at power-on and the others down. */
function relayNotes(pin: string | undefined, activeLow = false): readonly string[] {
  const isPulledUp = lowAtPowerOn.test(findPin(pin ?? '')?.name ?? '');
  const told = `The module switches at ${activeLow ? 'low' : 'high'}.`;
  if (isPulledUp === activeLow) return [told];
  const better = activeLow ? 'GPIO5 or GPIO6' : 'GPIO16, GPIO17 or GPIO22 to GPIO27';
  return [
    `${told} At power-on this pin is pulled ${isPulledUp ? 'up' : 'down'}, so the relay may click: ${better} stays off.`,
  ];
}
