import { isRefusal, type Refusal } from '@pertybot/core';
import type { Output } from '../../gpio.js';
import type { VerbResult } from '../verbs/verb.js';
import { black, type Color, colorNames, parseColor } from './color.js';

/** A colour and what chat calls it. */
export interface Shade {
  readonly name: string;
  readonly color: Color;
}

/** Nothing shines. */
export const dark: Shade = { name: 'off', color: black };

const white: Shade = { name: 'white', color: { red: 1, green: 1, blue: 1 } };

/** Reads a colour as chat writes it. @returns undefined when `text` is none */
export function parseShade(text: string): Shade | undefined {
  const color = parseColor(text);
  const name = text.toLowerCase();
  return (
    color && { name: Object.hasOwn(colorNames, name) ? name : `#${name.replace('#', '')}`, color }
  );
}

/** The three dimmable outputs of an RGB LED. */
export type Channels = { readonly [part in keyof Color]: Output };

/** Milliseconds between two colours of a change. */
export const colorStep = 50;

/** Shows colours on three outputs. */
export class RgbLed {
  private shade = dark;
  private lastShade = white;

  constructor(private readonly channels: Channels) {}

  /** Name of the colour; `off` also when the guard has switched it off. */
  get state(): string {
    return this.isDark() ? dark.name : this.shade.name;
  }

  /** What it shows. */
  get color(): Color {
    return this.isDark() ? black : this.shade.color;
  }

  /** What it showed when it was last on. */
  get last(): Shade {
    return this.lastShade;
  }

  /** Shows a colour, from its beginning: the time that each output may be on starts anew. */
  async show(shade: Shade): Promise<Refusal | undefined> {
    for (const channel of Object.values(this.channels)) await channel.off();
    return this.set(shade);
  }

  /**
   * Shows colours one after the other, and stays at `end`.
   * @param wait waits between two colours; rejects when it is to end
   */
  async play(
    colors: readonly Color[],
    end: Shade,
    wait: (milliseconds: number) => Promise<void>,
  ): Promise<VerbResult> {
    const [first = end.color, ...others] = colors;
    const refusal = await this.set({ name: end.name, color: first });
    if (refusal) return refusal;
    const rest = async () => {
      for (const color of others) {
        await wait(colorStep);
        const late = await this.set({ name: end.name, color });
        if (late) return late;
      }
      await wait(colorStep);
      return this.set(end);
    };
    return { rest: rest(), lasts: colors.length * colorStep };
  }

  private async set(shade: Shade): Promise<Refusal | undefined> {
    for (const part of ['red', 'green', 'blue'] as const) {
      const channel = this.channels[part];
      const share = shade.color[part];
      await channel.dim(share);
      const refusal = share === 0 ? await channel.off() : await channel.on();
      if (!isRefusal(refusal)) continue;
      for (const each of Object.values(this.channels)) await each.off();
      return refusal;
    }
    this.shade = shade;
    if (!this.isDark()) this.lastShade = shade;
    return undefined;
  }

  private isDark(): boolean {
    return Object.values(this.channels).every(({ state }) => state === 'off');
  }
}
