import { packageNames, type WrittenEntry } from '@pertybot/core/host';
import type { Level } from '../drivers/gpio-driver.js';
import { onboardLedName } from '../guard/output-place.js';
import { parsePin } from '../pin-name.js';

/** What drives an output: `light` is hardware PWM where the kernel leads it to the pin. */
export type OutputMeans = 'pin' | 'pwm' | 'light' | 'led';

/** An output that plugins.yaml names. */
export interface ConfiguredOutput {
  /** `GPIO17` or `ACT`; as it is written where it names no pin. */
  readonly name: string;
  /** BCM number; -1 for the LED on the board, undefined for what names no pin. */
  readonly offset: number | undefined;
  /** Gadget or plugin whose output it is. */
  readonly by: string;
  readonly means: OutputMeans;
  /** The level at the pin that is off; undefined where only the code of a plugin knows. */
  readonly safe: Level | undefined;
  /** Device of another PWM chip, and channel of that. */
  readonly chip?: string | undefined;
  readonly channel?: number | undefined;
}

/** Package of the plugin whose config is understood here. */
const gpioPackage = '@pertybot/plugin-gpio';

/** Keys of the outputs of each kind of gadget; what is not here brings its outputs by its own code. */
const outputKeys: Readonly<Record<string, readonly string[]>> = {
  light: ['pin'],
  relay: ['pin'],
  buzzer: ['pin'],
  servo: ['pin'],
  rgb: ['red', 'green', 'blue'],
  motor: ['forward', 'backward'],
  'onboard-led': [],
  button: [],
  sensor: [],
  thermometer: [],
  group: [],
  sequence: [],
};

/**
 * The outputs that the entries of a plugins.yaml would drive, by what is written there alone: no plugin is
 * loaded, and a fault in one gadget hides no other. Disabled entries, those of the simulated board and
 * what is in dry-run drive nothing.
 */
export function configuredOutputs(entries: readonly WrittenEntry[]): readonly ConfiguredOutput[] {
  return entries.flatMap(({ id, use, enabled, config }) => {
    if (!enabled) return [];
    return packageNames(use)[0] === gpioPackage
      ? outputsOfGpio(config)
      : outputsOfOther(config, id);
  });
}

function outputsOfGpio(config: unknown): readonly ConfiguredOutput[] {
  const { gadgets, driver, mode, pins } = toMap(config);
  if (driver === 'simulated' || mode === 'dry-run') return [];
  const still = Object.entries(toMap(pins)).flatMap(([pin, limits]) =>
    toMap(limits).mode === 'dry-run' ? [toPlace(pin).name] : [],
  );
  return Object.entries(toMap(gadgets))
    .flatMap(([name, gadget]) => outputsOfGadget(toMap(gadget), name))
    .filter(({ name }) => !still.includes(name));
}

function outputsOfGadget(gadget: Written, by: string): readonly ConfiguredOutput[] {
  const { type, mode, activeLow, tones, dimmable, chip, channel } = gadget;
  if (mode === 'dry-run' || typeof type !== 'string') return [];
  if (type === 'onboard-led') {
    return [{ name: onboardLedName, offset: -1, by, means: 'led', safe: 0 }];
  }
  const keys = Object.hasOwn(outputKeys, type) ? outputKeys[type] : undefined;
  if (!keys) return outputsOfOther(gadget, by);
  const isPwm = type === 'servo' || (type === 'buzzer' && tones === true);
  const isNamed = chip !== undefined || channel !== undefined;
  const isLight = type === 'light' && dimmable === true && (isNamed || activeLow !== true);
  const means = isPwm ? 'pwm' : isLight ? 'light' : 'pin';
  const where = {
    ...(typeof chip === 'string' ? { chip } : {}),
    ...(typeof channel === 'number' ? { channel } : {}),
  };
  const safe = activeLow === true && means === 'pin' ? 1 : 0;
  return keys.map((key) => ({ ...toPlace(gadget[key]), by, means, safe, ...where }));
}

/** Pins anywhere in a config whose meaning only its plugin knows. */
function outputsOfOther(config: unknown, by: string): readonly ConfiguredOutput[] {
  if (typeof config === 'string') {
    if (!/^(?:GPIO|BCM|BOARD|J8:)\d+$/i.test(config.trim())) return [];
    return [{ ...toPlace(config), by, means: 'pin', safe: undefined }];
  }
  if (typeof config !== 'object' || config === null) return [];
  return Object.values(config).flatMap((value) => outputsOfOther(value, by));
}

type Written = Readonly<Record<string, unknown>>;

function toMap(value: unknown): Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function toPlace(written: unknown): Pick<ConfiguredOutput, 'name' | 'offset'> {
  const text = typeof written === 'number' ? written : String(written);
  try {
    const { name, gpio } = parsePin(text);
    return { name, offset: gpio };
  } catch {
    return { name: String(text), offset: undefined };
  }
}
