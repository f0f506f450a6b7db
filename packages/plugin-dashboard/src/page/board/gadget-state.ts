import type { Fed, PageGadget, PageOutput, PageReport } from '../../shared/feed.js';

/** What a card and the overlay show of a gadget. */
export interface GadgetState {
  /** Whether any of its outputs is on, or its input pressed; without pins, what it says of itself. */
  readonly isOn: boolean;
  /** 0 to 1. */
  readonly brightness: number;
  /** `#rrggbb` of what it shows, where it mixes colours. */
  readonly color?: string | undefined;
  /** When it goes off by itself, and the longest time on. */
  readonly ends?: Pick<PageOutput, 'offAt' | 'maxOn'> | undefined;
}

/** States of gadgets without pins of their own in which they rest. */
const restful: readonly string[] = [
  'off',
  'stopped',
  'idle',
  'unknown',
  'somewhere',
  'quiet',
  'away',
  'unreachable',
  'offline',
];

/** How a gadget stands, by what is known of its pins. */
export function stateOf(
  { name, type, state, pins }: PageGadget,
  { outputs, inputs }: Pick<PageReport, 'outputs' | 'inputs'>,
): GadgetState {
  const own = outputs.filter(({ gadget }) => gadget === name);
  const sensed = inputs.filter(({ gadget }) => gadget === name);
  const hasPins = own.length + sensed.length > 0;
  const isOn = hasPins
    ? own.some(({ on }) => on) || sensed.some(({ pressed }) => pressed)
    : type !== 'thermometer' && !restful.includes(state);
  const color = type === 'rgb' ? mixedColor(pins, own) : undefined;
  return {
    isOn,
    brightness: isOn ? brightnessOf(own, state) : 0,
    ...(color !== undefined && { color }),
    ends: own.find(({ offAt }) => offAt !== undefined),
  };
}

function brightnessOf(outputs: readonly PageOutput[], state: string): number {
  const percent = /(\d+)\s*%/.exec(state)?.[1];
  if (percent !== undefined) return Number(percent) / 100;
  return outputs.find(({ on }) => on)?.share ?? 1;
}

/** Its pins are those of red, green and blue. @returns undefined while it is dark */
function mixedColor(pins: readonly string[], outputs: readonly PageOutput[]): string | undefined {
  const parts = pins.slice(0, 3).map((pin) => {
    const output = outputs.find((each) => each.pin === pin);
    return output?.on ? (output.share ?? 1) : 0;
  });
  const most = Math.max(0, ...parts);
  if (parts.length < 3 || most === 0) return undefined;
  // A share of the time looks brighter than the same number in a colour of a page.
  return `#${parts.map((part) => hexOf(Math.sqrt(part))).join('')}`;
}

function hexOf(part: number): string {
  return Math.round(part * 255)
    .toString(16)
    .padStart(2, '0');
}

/** Who switched each gadget on last, as far as that is known, by its name. */
export function switchersOf(feed: readonly Fed[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const each of feed) {
    if (each.type !== 'pin' || !each.on) continue;
    const by = each.cause?.by;
    if (by === undefined) known.delete(each.gadget);
    else known.set(each.gadget, by);
  }
  return known;
}
