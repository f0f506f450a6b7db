import { messageOf, nearest, v } from '@pertybot/core';
import { GpioError } from './gpio-error.js';

/**
 * Function of each of the 40 header pins in order of their numbers; a number is a GPIO.
 * Source: Raspberry Pi documentation, "GPIO and the 40-pin header".
 */
// biome-ignore format: ten pins a row, as on the header
export const header: readonly (number | '3V3' | '5V' | 'GND')[] = [
  '3V3', '5V', 2, '5V', 3, 'GND', 4, 14, 'GND', 15,
  17, 18, 27, 'GND', 22, 23, '3V3', 24, 10, 'GND',
  9, 25, 11, 8, 'GND', 7, 0, 1, 5, 'GND',
  6, 12, 13, 'GND', 19, 16, 26, 20, 'GND', 21,
];

/** A pin of the header, however it was written. */
export interface Pin {
  /** BCM number, which is the line offset on every Pi: 0 to 27. */
  readonly gpio: number;
  /** Number on the header: 1 to 40. */
  readonly board: number;
  /** `GPIO17`, the name that PertyBot shows. */
  readonly name: string;
}

const boardForm = /^(?:BOARD|J8:)(\d+)$/;
const gpioForm = /^(?:GPIO|BCM)?(\d+)$/;

/**
 * Reads a pin as makers write it: `17`, `GPIO17`, `BCM17`, `BOARD11` or `J8:11`.
 * @throws GpioError GPIO_PIN_INVALID when it is power, ground or nothing on the header
 */
export function parsePin(text: string | number): Pin {
  const name = String(text).trim().toUpperCase();
  const board = boardForm.exec(name);
  if (board) return pinOnBoard(Number(board[1]), name);
  const gpio = gpioForm.exec(name);
  const position = gpio ? header.indexOf(Number(gpio[1])) : -1;
  if (position < 0) {
    const meant = meantPin(name);
    const end = meant === undefined ? '.' : `; did you mean "${meant}"?`;
    throw new GpioError('GPIO_PIN_INVALID', `Pin "${text}" is not on the 40-pin header${end}`, {
      hint: 'Name a pin such as GPIO17 (GPIO0 to GPIO27) or BOARD11 (BOARD1 to BOARD40).',
    });
  }
  return pinOnBoard(position + 1, name);
}

function pinOnBoard(board: number, text: string): Pin {
  const gpio = header[board - 1];
  if (gpio === undefined) {
    throw new GpioError('GPIO_PIN_INVALID', `Pin "${text}" is not on the 40-pin header.`, {
      hint: 'The header has the pins BOARD1 to BOARD40.',
    });
  }
  if (typeof gpio !== 'number') {
    const what = gpio === 'GND' ? 'ground' : `${gpio} power`;
    throw new GpioError('GPIO_PIN_INVALID', `Pin "${text}" is ${what}, not a GPIO.`, {
      hint: 'Choose one of the GPIO pins, such as GPIO17 (BOARD11).',
    });
  }
  return { gpio, board, name: `GPIO${gpio}` };
}

/** The pin with the same number that was most likely meant. */
function meantPin(name: string): string | undefined {
  const number = Number(/\d+$/.exec(name)?.[0]);
  const isGpio = header.includes(number);
  const isBoard = typeof header[number - 1] === 'number';
  const pins = [...(isGpio ? [`GPIO${number}`] : []), ...(isBoard ? [`BOARD${number}`] : [])];
  return nearest(name, pins);
}

/** What is wrong with a pin. */
function faultOf({ input }: { readonly input: string | number }): string {
  try {
    parsePin(input);
    return 'expected a pin';
  } catch (error) {
    return messageOf(error);
  }
}

const boards = header.flatMap((pin, index) => (typeof pin === 'number' ? index + 1 : []));

/** All that {@link parsePin} reads, for editors too: in their schema nothing but the form of a text is left. */
const pinForm = new RegExp(
  `^\\s*(?:(?:[Gg][Pp][Ii][Oo]|[Bb][Cc][Mm])?0*(?:2[0-7]|1?[0-9])|(?:[Bb][Oo][Aa][Rr][Dd]|[Jj]8:)0*(?:${boards.join('|')}))\\s*$`,
);

const namedPin = v.pipe(v.string(), v.regex(pinForm, faultOf));

const numberedPin = v.pipe(
  v.number(),
  v.integer(faultOf),
  v.minValue(0, faultOf),
  v.maxValue(27, faultOf),
);

/** Valibot schema of a pin in plugins.yaml; its output is the `GPIO17` form. */
export function pinName(description = 'The pin, such as GPIO17 or BOARD11.') {
  return v.pipe(
    v.union([namedPin, numberedPin], 'expected a pin such as GPIO17 or BOARD11'),
    v.description(description),
    readWith<string | number>((text) => parsePin(text).name),
  );
}

/** Valibot action that reads a value, or says why it cannot be read. */
export function readWith<Written extends string | number>(read: (written: Written) => string) {
  return v.rawTransform<Written, string>(({ dataset, addIssue, NEVER }) => {
    try {
      return read(dataset.value);
    } catch (error) {
      addIssue({ message: messageOf(error) });
      return NEVER;
    }
  });
}
