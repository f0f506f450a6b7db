import { type Clock, type Logger, messageOf, type Refusal, type Undo } from '@pertybot/core';
import type { Level, OutputLine } from '../drivers/gpio-driver.js';
import type { OutputInfo } from '../gpio.js';
import { GpioError } from '../gpio-error.js';
import { isPwmLine, isTonalLine } from '../pwm/pwm-line.js';
import type { OutputKind } from './default-limits.js';
import { refuseOn, refuseTime, type Situation, timeLeft, untilNextLook } from './judge.js';
import type { Limits } from './limits.js';
import type { PinHistory } from './pin-history.js';
import type { WallClock } from './wall-clock.js';

/** What an output is; it never changes. */
export interface OutputIdentity {
  readonly name: string;
  readonly plugin: string;
  readonly kind: OutputKind;
  readonly pin: string;
  readonly activeLow: boolean;
  readonly dryRun: boolean;
  readonly limits: Limits;
}

/** What the guard lends to each of its outputs. */
export interface OutputSurroundings {
  readonly clock: Clock;
  readonly wallClock: WallClock;
  readonly log: Logger;
  readonly history: PinHistory;
  /** Reasons that lie outside of the output: emergency stop, interlock. */
  refuse(output: GuardedOutput): Refusal | undefined;
  /** Hears of each change. */
  changed(output: GuardedOutput): void;
  /** Hears that the output is no longer there. */
  released(output: GuardedOutput): void;
}

/** A timer that is this near to its end has ended: timers may fire a little early. */
const tolerance = 5;

/** How soon a pin that could not be made safe is tried again, in milliseconds. */
const retryDelay = 1_000;

/** One output pin under guard. Everything here is synchronous: when a call returns, the pin is there. */
export class GuardedOutput {
  #on = false;
  #released = false;
  /** When the one who switched it on wants it off again, monotonic. */
  #until = Number.POSITIVE_INFINITY;
  #cancel: Undo = () => {};
  #failing = false;

  constructor(
    readonly identity: OutputIdentity,
    readonly line: OutputLine,
    private readonly around: OutputSurroundings,
  ) {}

  get on(): boolean {
    return this.#on;
  }

  /** Level at the pin. */
  get level(): Level {
    return this.#on === this.identity.activeLow ? 0 : 1;
  }

  /** When its pin was switched off the last time, monotonic. */
  get offSince(): number | undefined {
    return this.around.history.offSince;
  }

  /** Level at which nothing happens. */
  get safeLevel(): Level {
    return this.identity.activeLow ? 1 : 0;
  }

  get info(): OutputInfo {
    const { name: gadget, plugin, kind, pin, limits, dryRun } = this.identity;
    const left = this.#on ? this.#timeLeft() : Infinity;
    return {
      gadget,
      plugin,
      kind,
      pin,
      on: this.#on,
      level: this.level,
      limits,
      dryRun,
      ...(left === Infinity ? {} : { onTimeLeft: left }),
      ...(isPwmLine(this.line) ? { share: this.line.share } : {}),
    };
  }

  /**
   * Switches on. What is on already stays on, at most as long as it might have anyway: a later wish
   * may bring its end nearer, and never puts it off.
   * @param time milliseconds after which to switch off
   * @throws GpioError GPIO_PIN_RELEASED, GPIO_DRIVER_FAILED
   */
  turnOn(time?: number): Refusal | undefined {
    this.#requireClaimed();
    const situation = this.#situation();
    const refusal =
      this.around.refuse(this) ??
      (time === undefined ? undefined : refuseTime(situation, time)) ??
      (this.#on ? undefined : refuseOn(situation));
    if (refusal) return refusal;
    const end = this.around.clock.now() + (time ?? Infinity);
    if (this.#on) {
      this.#until = Math.min(this.#until, end);
    } else {
      this.#set(true);
      this.#until = end;
    }
    this.#schedule();
    return undefined;
  }

  /** @throws GpioError GPIO_PIN_RELEASED, GPIO_DRIVER_FAILED */
  turnOff(): void {
    this.#requireClaimed();
    this.#cancel();
    if (this.#on) this.#set(false);
  }

  /** @throws GpioError GPIO_UNSUPPORTED when its line cannot be dimmed, GPIO_PIN_RELEASED */
  dim(brightness: number): void {
    this.#requireClaimed();
    if (isPwmLine(this.line)) {
      this.line.setShare(brightness);
      return;
    }
    throw new GpioError('GPIO_UNSUPPORTED', `"${this.identity.name}" cannot be dimmed.`, {
      hint: 'Claim the output with "dimmable: true", or with gpio.pwm().',
    });
  }

  /** @throws GpioError GPIO_UNSUPPORTED when its line has no hardware PWM, GPIO_PIN_RELEASED */
  tune(frequency: number): void {
    this.#requireClaimed();
    if (isTonalLine(this.line)) {
      this.line.setFrequency(frequency);
      return;
    }
    throw new GpioError('GPIO_UNSUPPORTED', `"${this.identity.name}" cannot sound tones.`, {
      hint: 'Claim the output with gpio.pwm().',
    });
  }

  /** Brings the pin to its safe level whatever is known of it. Never throws. */
  makeSafe(): void {
    if (this.#released) return;
    this.#cancel();
    try {
      this.line.write(this.safeLevel);
    } catch (error) {
      this.#tryAgain(error);
      return;
    }
    this.#failing = false;
    if (!this.#on) return;
    this.#on = false;
    this.#record();
  }

  /** Makes the pin safe and gives it back. Never throws; a second call does nothing. */
  release(): void {
    if (this.#released) return;
    this.makeSafe();
    this.#cancel();
    this.#released = true;
    this.line.release(this.safeLevel);
    this.around.released(this);
  }

  #set(on: boolean): void {
    this.line.write(on === this.identity.activeLow ? 0 : 1);
    this.#on = on;
    this.#record();
  }

  /** Says it once, and goes on trying: the pin may be on. */
  #tryAgain(error: unknown): void {
    const { name, pin } = this.identity;
    if (!this.#failing) {
      this.around.log.error(`"${name}" (${pin}) could not be made safe: ${messageOf(error)}`);
    }
    this.#failing = true;
    this.#cancel = this.around.clock.after(retryDelay, () => this.makeSafe());
  }

  #record(): void {
    const { history, clock } = this.around;
    if (this.#on) history.switchedOn(clock.now());
    else history.switchedOff(clock.now());
    this.around.changed(this);
  }

  #schedule(): void {
    this.#cancel();
    const left = untilNextLook(this.#situation(), this.#timeLeft());
    if (left === Infinity) return;
    this.#cancel = this.around.clock.after(left, () => this.#expire());
  }

  /** A duty cycle may have grown meanwhile, so that there is time left. */
  #expire(): void {
    if (this.#timeLeft() > tolerance) {
      this.#schedule();
      return;
    }
    if (this.#until - this.around.clock.now() > tolerance) {
      this.around.log.info(`The guard switched "${this.identity.name}" off: its time was up.`);
    }
    this.makeSafe();
  }

  #timeLeft(): number {
    const { clock } = this.around;
    return Math.max(0, Math.min(timeLeft(this.#situation()), this.#until - clock.now()));
  }

  #situation(): Situation {
    const { clock, wallClock, history } = this.around;
    const { name, limits } = this.identity;
    return { name, limits, history, now: clock.now(), date: limits.quietHours && wallClock.date() };
  }

  #requireClaimed(): void {
    if (!this.#released) return;
    throw new GpioError('GPIO_PIN_RELEASED', `Pin "${this.identity.pin}" has been given back.`, {
      hint: 'Claim the pin again before using it.',
    });
  }
}
