import { v } from '@pertybot/core';
import type { PwmOptions } from '../../gpio.js';

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
