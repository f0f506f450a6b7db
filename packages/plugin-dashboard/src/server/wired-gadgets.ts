import type { BotReport, WrittenGadget } from '@pertybot/core/host';
import type { WiredGadget } from '../shared/feed.js';

/** Keys of the usual gadgets that name a pin. */
const pinKeys: readonly string[] = ['pin', 'red', 'green', 'blue', 'forward', 'backward'];

/** How a pin may be written: any number is one only where a pin is meant. */
const pinForm = /^(?:GPIO|BCM|BOARD|J8:)\d{1,2}$/i;

/** Pins of what plugins bring: more have no place on a header. */
const mostPins = 40;

/** What hangs at the pins by plugins.yaml, and what plugins have claimed beside it. */
export function wiredGadgets(
  written: readonly WrittenGadget[],
  { outputs, inputs }: Pick<BotReport, 'outputs' | 'inputs'>,
): readonly WiredGadget[] {
  const own = written.map(toWired).filter(({ type }) => type !== '');
  const names = new Set(own.map(({ name }) => name));
  const beside = [...outputs, ...inputs.map((each) => ({ ...each, kind: 'input' }))]
    .filter(({ gadget }) => !names.has(gadget))
    .map(({ gadget, kind, pin }) => ({ name: gadget, type: kind, pins: { pin } }));
  return [...own, ...beside];
}

function toWired({ name, config }: WrittenGadget): WiredGadget {
  const { type, activeLow, pull, source, tones } = config;
  const pins = Object.entries(config)
    .filter(([key, value]) => isPin(key, value))
    .slice(0, mostPins)
    .map(([key, value]) => [key, `${value}`]);
  return {
    name,
    type: typeof type === 'string' ? type : '',
    pins: Object.fromEntries(pins),
    ...(typeof activeLow === 'boolean' && { activeLow }),
    ...(typeof tones === 'boolean' && { tones }),
    ...(typeof pull === 'string' && ['up', 'down', 'none'].includes(pull) && { pull }),
    ...(typeof source === 'string' && ['cpu', 'ds18b20'].includes(source) && { source }),
  };
}

function isPin(key: string, value: unknown): boolean {
  if (typeof value === 'number') return pinKeys.includes(key);
  if (typeof value !== 'string') return false;
  return pinForm.test(value) || (pinKeys.includes(key) && /^\d{1,2}$/.test(value));
}
