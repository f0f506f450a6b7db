import { describe, expect, it } from '@jest/globals';
import { fromHue, mix, parseColor } from '../../../src/gadgets/kinds/color.js';

const red = { red: 1, green: 0, blue: 0 };
const blue = { red: 0, green: 0, blue: 1 };

describe('parseColor', () => {
  it('reads names and hex', () => {
    expect(parseColor('Red')).toEqual(red);
    expect(parseColor('#00f')).toEqual(blue);
    expect(parseColor('0000ff')).toEqual(blue);
  });

  it.each(['', 'banana', '#ff', '#12345', 'toString', '#gggggg'])('refuses %j', (text) => {
    expect(parseColor(text)).toBeUndefined();
  });
});

describe('mix', () => {
  it('goes from one colour to the other', () => {
    expect(mix(red, blue, 0)).toEqual(red);
    expect(mix(red, blue, 0.25)).toEqual({ red: 0.75, green: 0, blue: 0.25 });
    expect(mix(red, blue, 1)).toEqual(blue);
  });
});

describe('fromHue', () => {
  const rounded = (hue: number) =>
    Object.values(fromHue(hue)).map((part) => Math.round(part * 100) / 100);

  it('goes round the wheel', () => {
    expect(rounded(0)).toEqual([1, 0, 0]);
    expect(rounded(1 / 6)).toEqual([1, 1, 0]);
    expect(rounded(1 / 3)).toEqual([0, 1, 0]);
    expect(rounded(2 / 3)).toEqual([0, 0, 1]);
    expect(rounded(1.5)).toEqual([0, 1, 1]);
  });
});
