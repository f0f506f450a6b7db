import type { Level } from '../../drivers/gpio-driver.js';
import type { OutputInfo } from '../../gpio.js';
import type { BootPins } from './boot-pins.js';

/** A level at a pin, and what it means for what hangs there. */
export interface LevelAt {
  readonly level: Level;
  readonly on: boolean;
}

/** What remains of an output that was given back: as Raspberry Pi OS is, and with `dtparam=strict_gpiod`. */
export interface LevelsAfter {
  /** The kernel keeps the level. */
  readonly kept: LevelAt;
  /** The kernel makes the pin an input again, and its pull counts. */
  readonly strict: LevelAt;
}

/** The levels of an output at all times at which no bot holds it. */
export interface OutputLevels {
  readonly gadget: string;
  /** `GPIO17` */
  readonly pin: string;
  /** The level that is off. */
  readonly safe: Level;
  /** Where the pin is pulled while nobody drives it, once the firmware has read config.txt. */
  readonly pull: 'up' | 'down';
  /** As the power comes, by the chip's own pull. */
  readonly powerOn: LevelAt;
  /** Once the firmware has read config.txt, until the bot claims it. */
  readonly beforeBot: LevelAt;
  readonly afterStop: LevelsAfter;
  /** After the bot was killed, and its guardian has switched off. */
  readonly afterCrash: LevelsAfter;
  /** After bot and guardian were killed at once, while it was on. */
  readonly afterBothDied: LevelsAfter;
}

/** The output whose levels are asked for. */
export interface PlacedOutput {
  readonly gadget: string;
  readonly pin: string;
  readonly safe: Level;
}

/** What the levels of an output depend on, beside the output. */
export interface LevelSurroundings {
  /** That of the bot; sysfs, which onoff uses, gives nothing back when a bot dies. @default 'chardev' */
  readonly driver?: 'chardev' | 'onoff';
  /** What config.txt makes of the pins. @default nothing */
  readonly bootPins?: BootPins;
}

/** The highest GPIO that is pulled up at power-on; those above it are pulled down. */
const lastPulledUp = 8;

/**
 * The levels of an output while no bot holds it.
 * Source: BCM2835 ARM Peripherals, "Alternative Function Assignments" (pull after reset), and Raspberry Pi
 * documentation, "GPIO best practices" (strict_gpiod).
 * @returns undefined for what is no pin of the header
 */
export function levelsOf(
  { gadget, pin, safe }: PlacedOutput,
  { driver = 'chardev', bootPins = new Map() }: LevelSurroundings = {},
): OutputLevels | undefined {
  const number = /^GPIO(\d+)$/.exec(pin)?.[1];
  if (number === undefined) return undefined;
  const gpio = Number(number);
  const at = (level: Level): LevelAt => ({ level, on: level !== safe });
  const atPull = (pull: 'up' | 'down') => at(pull === 'up' ? 1 : 0);
  const ownPull = gpio <= lastPulledUp ? 'up' : 'down';
  const boot = bootPins.get(gpio) ?? {};
  const pull = boot.pull ?? ownPull;
  const released = atPull(pull);
  const off = at(safe);
  const on = at(safe === 0 ? 1 : 0);
  const isHeld = driver === 'onoff';
  return {
    gadget,
    pin,
    safe,
    pull,
    powerOn: atPull(ownPull),
    beforeBot: boot.level === undefined ? released : at(boot.level),
    afterStop: { kept: off, strict: released },
    afterCrash: { kept: off, strict: isHeld ? off : released },
    afterBothDied: { kept: on, strict: isHeld ? on : released },
  };
}

/** The outputs that move pins, as the guard tells of them. */
export function placedOutputs(outputs: readonly OutputInfo[]): readonly PlacedOutput[] {
  return outputs.flatMap(({ gadget, pin, on, level, dryRun }) => {
    const safe: Level = on ? (level === 0 ? 1 : 0) : level;
    return dryRun ? [] : [{ gadget, pin, safe }];
  });
}

/** A sentence about all of an output's levels. */
export function describeLevels(levels: OutputLevels): string {
  const { gadget, pin, powerOn, beforeBot, afterStop, afterCrash } = levels;
  const isSame = powerOn.on === beforeBot.on;
  const times = [
    ...(isSame ? [] : [`${show(powerOn)} at power-on`]),
    `${show(beforeBot)} ${isSame ? 'from power-on until the bot' : 'before the bot'}`,
    `${showAfter(afterStop)} after a stop`,
    `${showAfter(afterCrash)} after a crash`,
  ];
  return `"${gadget}" (${pin}) is ${times.join(', ')}.`;
}

function showAfter({ kept, strict }: LevelsAfter): string {
  return kept.on === strict.on ? show(kept) : `${show(kept)} (with strict_gpiod ${show(strict)})`;
}

function show({ level, on }: LevelAt): string {
  return `${on ? 'on' : 'off'} at ${level}`;
}
