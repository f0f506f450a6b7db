import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { header, parsePin, pinName } from '../src/pin-name.js';

describe('parsePin', () => {
  it.each([17, '17', 'GPIO17', 'gpio17', 'BCM17', 'BOARD11', 'J8:11', ' GPIO17 '])(
    'reads %j',
    (text) => expect(parsePin(text)).toEqual({ gpio: 17, board: 11, name: 'GPIO17' }),
  );

  it('knows every GPIO of the header once', () => {
    const gpios = header.filter((pin) => typeof pin === 'number');
    expect([...gpios].sort((a, b) => a - b)).toEqual(Array.from({ length: 28 }, (_, gpio) => gpio));
    expect(header).toHaveLength(40);
  });

  it.each([
    ['BOARD1', 'Pin "BOARD1" is 3V3 power, not a GPIO.'],
    ['J8:4', 'Pin "J8:4" is 5V power, not a GPIO.'],
    ['BOARD39', 'Pin "BOARD39" is ground, not a GPIO.'],
    ['BOARD41', 'Pin "BOARD41" is not on the 40-pin header.'],
    ['GPIO28', 'Pin "GPIO28" is not on the 40-pin header.'],
    ['GPOI17', 'Pin "GPOI17" is not on the 40-pin header; did you mean "GPIO17"?'],
    ['GPIO 17', 'Pin "GPIO 17" is not on the 40-pin header; did you mean "GPIO17"?'],
    ['BAORD11', 'Pin "BAORD11" is not on the 40-pin header; did you mean "BOARD11"?'],
    ['BAORD9', 'Pin "BAORD9" is not on the 40-pin header.'],
    ['GPOI99', 'Pin "GPOI99" is not on the 40-pin header.'],
    ['seventeen', 'Pin "seventeen" is not on the 40-pin header.'],
    ['', 'Pin "" is not on the 40-pin header.'],
    [-1, 'Pin "-1" is not on the 40-pin header.'],
  ])('refuses %j', (text, message) => {
    expect(() => parsePin(text)).toThrow(
      expect.objectContaining({ code: 'GPIO_PIN_INVALID', message }),
    );
  });
});

describe('pinName', () => {
  it('gives one form for all', () => {
    expect(v.parse(pinName(), 'J8:11')).toBe('GPIO17');
    expect(v.parse(pinName(), 17)).toBe('GPIO17');
  });

  it('says what is wrong', () => {
    const result = v.safeParse(pinName(), 'BOARD1');
    expect(result.issues?.[0]?.message).toBe('Pin "BOARD1" is 3V3 power, not a GPIO.');
    expect(v.safeParse(pinName(), true).issues?.[0]?.message).toBe(
      'expected a pin such as GPIO17 or BOARD11',
    );
  });
});
