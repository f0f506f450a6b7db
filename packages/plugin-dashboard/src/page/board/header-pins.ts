/** What a pin of the header is for. */
export type PinRole = '3v3' | '5v' | 'ground' | 'gpio' | 'id';

/** A pin of the 40-pin header. */
export interface HeaderPin {
  /** 1 to 40, as they are counted on the board. */
  readonly number: number;
  /** Such as `GPIO17` or `5 V`. */
  readonly name: string;
  readonly role: PinRole;
}

/** GPIO numbers of the header in its order; what is no GPIO by its sign. */
const order =
  '3 5 2 5 3 G 4 14 G 15 17 18 27 G 22 23 3 24 10 G 9 25 11 8 G 7 I I 5 G 6 12 13 G 19 16 26 20 G 21';

/** Places at which `3` and `5` are no GPIO but a voltage. */
const voltages: Readonly<Record<number, '3v3' | '5v'>> = { 1: '3v3', 2: '5v', 4: '5v', 17: '3v3' };

/**
 * The 40 pins of every Raspberry Pi since the B+.
 * @see https://www.raspberrypi.com/documentation/computers/raspberry-pi.html#gpio
 */
export const headerPins: readonly HeaderPin[] = order.split(' ').map((sign, index) => {
  const number = index + 1;
  const voltage = voltages[number];
  if (voltage) return { number, role: voltage, name: voltage === '5v' ? '5 V' : '3.3 V' };
  if (sign === 'G') return { number, role: 'ground', name: 'Ground' };
  if (sign === 'I') return { number, role: 'id', name: 'ID EEPROM' };
  return { number, role: 'gpio', name: `GPIO${sign}` };
});

/** The pin that is written `GPIO17`, `BCM17`, `17`, `BOARD11` or `J8:11`. @returns undefined where there is none */
export function findPin(written: string): HeaderPin | undefined {
  const [, kind = '', digits] = /^(GPIO|BCM|BOARD|J8:)?(\d{1,2})$/i.exec(written.trim()) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  if (/^(?:BOARD|J8:)$/i.test(kind)) return headerPins[number - 1];
  return headerPins.find(({ name }) => name === `GPIO${number}`);
}
