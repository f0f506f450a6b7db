import { duration, v } from '@pertybot/core';
import { described } from '../../described.js';
import type { PwmOptions } from '../../gpio.js';
import { pinName } from '../../pin-name.js';

/** Keys in plugins.yaml that every gadget with an input has. */
export const inputEntries = {
  pin: pinName(),
  pull: described(
    v.optional(v.picklist(['up', 'down', 'none'])),
    'Where the pin is pulled while nothing drives it.',
  ),
  activeLow: described(
    v.optional(v.boolean()),
    'Whether it is pressed or active while its pin is at 0 V.',
  ),
  debounce: described(v.optional(duration()), 'Time for which a level must be steady to count.'),
};

interface InputConfig {
  readonly pull?: 'up' | 'down' | 'none' | undefined;
  readonly activeLow?: boolean | undefined;
  readonly debounce?: number | undefined;
}

/** The options of {@link inputEntries}, with those of the kind where the owner says nothing. */
export function inputOptions(
  config: InputConfig,
  usual: { pull: 'up' | 'down'; debounce: number },
) {
  const pull = config.pull ?? usual.pull;
  const { activeLow = pull === 'up', debounce = usual.debounce } = config;
  return { pull, activeLow, debounce };
}

/** Keys in plugins.yaml for another PWM chip than the Raspberry Pi's own. */
export const pwmEntries = {
  chip: described(
    v.optional(v.string()),
    'Device of another PWM chip, as /sys/class/pwm names it.',
  ),
  channel: described(
    v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    'Channel of that chip.',
  ),
};

interface PwmConfig {
  readonly chip?: string | undefined;
  readonly channel?: number | undefined;
}

/** The options of {@link pwmEntries}. */
export function pwmOptions({ chip, channel }: PwmConfig): Pick<PwmOptions, 'chip' | 'channel'> {
  return {
    ...(chip === undefined ? {} : { chip }),
    ...(channel === undefined ? {} : { channel }),
  };
}
