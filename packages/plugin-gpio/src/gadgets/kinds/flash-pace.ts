import { type Clock, type Refusal } from '@pertybot/core';
import type { Gpio, Output } from '../../gpio.js';
import { refuseWith } from '../../refuse-with.js';
import type { Verb } from '../verbs/verb.js';

/** What {@link paced} needs of the gadget. */
export interface FlashPaceOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly gpio: Pick<Gpio, 'outputs'>;
  /** The light, or one of its colours: its limit of toggles is that of the whole. */
  readonly lamp: Pick<Output, 'pin'>;
}

/** A second, in which WCAG 2.3.1 counts flashes. */
const window = 1_000;

/**
 * Lets the verbs of a light begin only as often in a second as its output may be switched on. A light
 * that is dimmed or changes its colour flashes without being switched, which the guard of its pins
 * does not see. Off is never held up.
 */
export function paced(
  verbs: Readonly<Record<string, Verb>>,
  { name, clock, gpio, lamp }: FlashPaceOptions,
): Readonly<Record<string, Verb>> {
  const begun: number[] = [];
  const { limits } = gpio.outputs.find(({ pin }) => pin === lamp.pin) ?? {};
  const most = Math.max(1, Math.floor(limits?.maxTogglesPerSecond ?? Infinity));
  const refuseNow = (): Refusal | undefined => {
    if (most === Infinity) return undefined;
    const now = clock.now();
    const retryAfter = (begun.at(-most) ?? -Infinity) + window - now;
    if (retryAfter > 0) {
      return refuseWith('pin.flashes', { gadget: name }, retryAfter);
    }
    begun.push(now);
    if (begun.length > most) begun.shift();
    return undefined;
  };
  const pace = ([verbName, plain]: [string, Verb]): [string, Verb] => {
    if (verbName === 'off') return [verbName, plain];
    const run: Verb['run'] = async (call) => refuseNow() ?? plain.run(call);
    return [verbName, { ...plain, run }];
  };
  return Object.fromEntries(Object.entries(verbs).map(pace));
}
