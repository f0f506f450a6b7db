import { duration, v } from '@pertybot/core';
import type { PwmOptions } from '../../gpio.js';
import { pinName } from '../../pin-name.js';

/** Keys in plugins.yaml that every gadget with an input has. */
export const inputEntries = {
  pin: pinName(),
  pull: v.optional(v.picklist(['up', 'down', 'none'])),
  activeLow: v.optional(v.boolean()),
  debounce: v.optional(duration()),
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
  /** Device of the chip, as `/sys/class/pwm` names it. */
  chip: v.optional(v.string()),
  channel: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
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
