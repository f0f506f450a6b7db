import { type InjectionToken, isReservedCommand, reservedReason, v } from '@pertybot/core';
import { described } from './described.js';
import { checkConfig } from './gadgets/config/check-config.js';
import { type ForeignKinds, gadgetSchema } from './gadgets/config/gadget-config.js';
import { interlockGroups } from './gadgets/config/interlock-names.js';
import { limitEntries } from './gadgets/config/limit-entries.js';
import { meantTime, timeOn, timeOrNever } from './gadgets/config/meant-time.js';
import { triggersSchema } from './gadgets/steps/trigger-schema.js';
import { placeName } from './guard/pins/output-place.js';
import { readWith } from './pin-name.js';

const gadgetName = v.pipe(
  v.string(),
  v.regex(
    /^[\p{L}\p{N}_-]{1,25}$/u,
    'expected one word of at most 25 letters, digits, - and _, such as lamp',
  ),
  v.check((name) => !isReservedCommand(name), `expected another name: this one ${reservedReason}`),
);

const pinLimits = v.strictObject({
  maxOn: described(
    v.optional(timeOrNever(timeOn(), 'expected a duration such as 10s, or never')),
    'Longest time on, or never for no end: past the default, too.',
  ),
  ...limitEntries,
  mode: described(
    v.optional(v.picklist(['live', 'dry-run']), 'live'),
    'dry-run leaves the pin alone and logs what it would do.',
  ),
  plugin: described(
    v.optional(v.string()),
    'Id of the plugin whose code claims the pin, where no gadget does.',
  ),
});

/** As it was written, for messages; it is read once all names are checked. */
const place = v.pipe(
  v.string(),
  readWith<string>((text) => placeName(text) && text),
);

const names = v.pipe(v.array(gadgetName), v.minLength(1, 'expected at least two gadgets'));

/** One list, or a list of lists. */
const interlock = v.union(
  [v.array(names), names],
  'expected gadgets such as [pump, valve], or several such lists',
);

const entries = (kinds?: ForeignKinds) =>
  v.strictObject({
    driver: described(
      v.optional(v.picklist(['auto', 'chardev', 'onoff', 'simulated']), 'auto'),
      'What drives the pins; simulated moves none.',
    ),
    mode: described(
      v.optional(v.picklist(['live', 'dry-run']), 'live'),
      'dry-run leaves every pin alone and logs what it would do.',
    ),
    gadgets: described(
      v.optional(v.record(gadgetName, gadgetSchema(kinds)), {}),
      'What hangs at the pins, by the name that is its command.',
    ),
    on: described(triggersSchema, 'What events of the channel set off.'),
    pins: described(
      v.optional(v.record(place, pinLimits), {}),
      "The owner's limits by pin; they alone may lift a default.",
    ),
    interlock: described(
      v.optional(interlock, []),
      'Gadgets of which never two are on together, such as [pump, valve].',
    ),
    guardian: described(
      v.optional(v.picklist(['required', 'optional']), 'required'),
      'Whether outputs may be on while the process that ends them when the bot dies is missing.',
    ),
    chatLostAfter: described(
      v.optional(timeOrNever(meantTime(), 'expected a time such as 60s, or never'), '60s'),
      'How long chat may be away before everything is switched off, or never.',
    ),
  });

/** Schema of the gpio entry's `config:` in plugins.yaml. */
export const gpioConfigSchema = v.optional(
  v.pipe(
    entries(),
    checkConfig(),
    v.transform((written) => ({
      ...written,
      interlock: interlockGroups(written.interlock, written.gadgets),
      pins: Object.fromEntries(
        Object.entries(written.pins).map(([pin, limits]) => [placeName(pin), limits]),
      ),
    })),
  ),
  {},
);

/**
 * {@link gpioConfigSchema} for an editor, which cannot ask later who brings a type.
 * @param kinds that other plugins of the bot bring
 */
export function editorConfigSchema(kinds: ForeignKinds) {
  return v.optional(entries(kinds), {});
}

/** The gpio entry's config, checked; times in milliseconds. */
export type GpioConfig = v.InferOutput<typeof gpioConfigSchema>;

/** Injection token of the {@link GpioConfig}. */
export const GpioConfig: InjectionToken<GpioConfig> = Symbol.for('pertybot.GpioConfig');
