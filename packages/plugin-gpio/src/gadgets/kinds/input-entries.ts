import { duration, v } from '@pertybot/core';
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
