/** How much of red, green and blue, each from 0 to 1. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Colours by the names that chat uses; hex values of the CSS names where there is one. */
export const colorNames: Readonly<Record<string, string>> = {
  red: '#ff0000',
  green: '#00ff00',
  blue: '#0000ff',
  yellow: '#ffff00',
  cyan: '#00ffff',
  magenta: '#ff00ff',
  white: '#ffffff',
  black: '#000000',
  orange: '#ffa500',
  purple: '#800080',
  violet: '#ee82ee',
  pink: '#ffc0cb',
  turquoise: '#40e0d0',
  lime: '#00ff00',
  gold: '#ffd700',
};

/** Reads a colour's name, `#ff8800` or `f80`. @returns undefined when `text` is none */
export function parseColor(text: string): Color | undefined {
  const word = text.trim().toLowerCase();
  const named = Object.hasOwn(colorNames, word) ? colorNames[word] : undefined;
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(named ?? word)?.[1];
  if (digits === undefined) return undefined;
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const part = (at: number) => Number.parseInt(long.slice(at, at + 2), 16) / 255;
  return { red: part(0), green: part(2), blue: part(4) };
}

/** No light at all. */
export const black: Color = { red: 0, green: 0, blue: 0 };

/** A colour between two. @param part 0 is `from`, 1 is `to` */
export function mix(from: Color, to: Color, part: number): Color {
  const between = (a: number, b: number) => a + (b - a) * part;
  return {
    red: between(from.red, to.red),
    green: between(from.green, to.green),
    blue: between(from.blue, to.blue),
  };
}

/** A full colour of the wheel. @param hue 0 is red, 1/3 green, 2/3 blue, 1 red again */
export function fromHue(hue: number): Color {
  const part = (shift: number) => {
    const turn = (((hue + shift) % 1) + 1) % 1;
    return Math.min(1, Math.max(0, Math.abs(turn * 6 - 3) - 1));
  };
  return { red: part(0), green: part(2 / 3), blue: part(1 / 3) };
}
