import type { Duration, InjectionToken, Refusal, Undo } from '@pertybot/core';
import type { DriverName, Level, Pull } from './drivers/gpio-driver.js';
import type { OutputKind } from './guard/limits/default-limits.js';
import type { LimitOptions, Limits } from './guard/limits/limits.js';

/** How a plugin wants an output. */
export interface OutputOptions extends LimitOptions {
  /** Name shown to people. @default the plugin's id */
  readonly name?: string;
  /** What hangs at the pin; it chooses the guard's default limits. @default 'output' */
  readonly kind?: OutputKind;
  /** On means 0 V at the pin. @default false */
  readonly activeLow?: boolean;
  /** Group of which only one output may be on. */
  readonly interlock?: string;
  /** Whether {@link Output.dim} is wanted: for LEDs alone, never for relays. @default false */
  readonly dimmable?: boolean;
  /** Logs what the pin would do, and leaves it alone. @default false */
  readonly dryRun?: boolean;
}

/** How a plugin wants a pin with hardware PWM. */
export interface PwmOptions extends Omit<OutputOptions, 'activeLow' | 'dimmable'> {
  /** Turns a second. @default 50, as servos want it */
  readonly frequency?: number;
  /** Device of another PWM chip than the Raspberry Pi's own, as `/sys/class/pwm` names it. */
  readonly chip?: string;
  /** Channel of that chip. */
  readonly channel?: number;
  /**
   * Refuses the pin where the kernel does not say that it gets the pulses of the Raspberry Pi's own
   * chip, as `dtoverlay=pwm-2chan` has it. @default false: only where it says that it does not
   */
  readonly onlyIfRouted?: boolean;
}

/** How long an output stays on. */
export interface OnOptions {
  /** @default until off, or until maxOn */
  readonly for?: Duration;
  /** Gives up waiting for what it excludes to let go: it stays off when this fires first. */
  readonly signal?: AbortSignal;
}

/** An output behind the guard. What it refuses is returned, and can be told to chat. */
export interface Output {
  readonly name: string;
  /** `GPIO17` */
  readonly pin: string;
  readonly state: 'on' | 'off';
  /** @throws GpioError GPIO_PIN_RELEASED after the plugin has stopped, GPIO_DRIVER_FAILED */
  on(options?: OnOptions): Promise<Refusal | undefined>;
  /** Never refused. @throws GpioError as on */
  off(): Promise<Refusal | undefined>;
  /** @throws GpioError as on */
  toggle(): Promise<Refusal | undefined>;
  /**
   * Sets how bright it is while it is on, without switching it on.
   * @param brightness 0 to 1
   * @throws GpioError GPIO_UNSUPPORTED when it was not claimed as `dimmable`
   */
  dim(brightness: number): Promise<void>;
  /**
   * Sets how many turns a second a PWM output makes, without switching it on: the pitch of a buzzer.
   * @throws GpioError GPIO_UNSUPPORTED when it was not claimed by {@link Gpio.pwm}
   */
  tune(frequency: number): Promise<void>;
}

/** How an input is read. */
export interface InputPinOptions {
  readonly name?: string;
  /** @default 'up' for a button between pin and ground */
  readonly pull?: Pull;
  /** Pressed means 0 V at the pin. @default true with pull 'up' */
  readonly activeLow?: boolean;
  /** @default 20ms */
  readonly debounce?: Duration;
}

/** An input such as a button. */
export interface Input {
  readonly name: string;
  readonly pin: string;
  readonly state: 'pressed' | 'released';
  on(event: 'press' | 'release', listener: () => unknown): Undo;
}

/** What the owner sees of an output. */
export interface OutputInfo {
  /** Gadget, or plugin that claimed it. */
  readonly gadget: string;
  /** Id of the plugin that claimed it. */
  readonly plugin: string;
  readonly kind: OutputKind;
  readonly pin: string;
  readonly on: boolean;
  /** Level at the pin. */
  readonly level: Level;
  /** Milliseconds until the guard switches it off; absent while off, or where nothing limits it. */
  readonly onTimeLeft?: number;
  /** The limits that hold, times in milliseconds. */
  readonly limits: Limits;
  /** Share of the time for which it is on while it is on, 0 to 1; where it can be less than all. */
  readonly share?: number;
  /** Whether the pin is left alone. */
  readonly dryRun: boolean;
  /** Why it may be on though it should be off: it could not be switched off, and is tried again. */
  readonly fault?: string;
  /** Present when it cannot be switched on, since its guardian is missing. */
  readonly unguarded?: true;
}

/** What the owner sees of an input. */
export interface InputInfo {
  /** Gadget, or plugin that claimed it. */
  readonly gadget: string;
  /** Id of the plugin that claimed it. */
  readonly plugin: string;
  readonly pin: string;
  readonly pressed: boolean;
  /** Level at the pin. */
  readonly level: Level;
}

/** Pins for plugins. Nothing goes around the guard, and all is given back when the plugin stops. */
export interface Gpio {
  readonly driver: DriverName;
  /** What the driver found, such as `gpiochip0 (pinctrl-rp1)`. */
  readonly description: string;
  /** @throws GpioError when the pin is invalid, owned or cannot be claimed */
  output(pin: string | number, options?: OutputOptions): Promise<Output>;
  /**
   * Claims a pin with hardware PWM: {@link Output.dim} sets the share of each turn for which it is on.
   * @throws GpioError as output, and GPIO_UNSUPPORTED where the pin has no hardware PWM
   */
  pwm(pin: string | number, options?: PwmOptions): Promise<Output>;
  /** @throws GpioError as output */
  input(pin: string | number, options?: InputPinOptions): Promise<Input>;
  /** All outputs of all plugins. */
  readonly outputs: readonly OutputInfo[];
  /** All inputs of all plugins. */
  readonly inputs: readonly InputInfo[];
}

/** Injection token of {@link Gpio}. */
export const Gpio: InjectionToken<Gpio> = Symbol.for('pertybot.Gpio');

/** An output changed. */
export interface PinEvent {
  readonly gadget: string;
  readonly pin: string;
  /** Level at the pin. */
  readonly level: Level;
  /** What it means for the gadget. */
  readonly on: boolean;
  /** Present when the pin is left alone: what it would have done. */
  readonly dryRun?: true;
}

declare module '@pertybot/core' {
  interface BotEvents {
    pin: PinEvent;
  }
}
