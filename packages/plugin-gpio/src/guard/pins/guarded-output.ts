import { type Clock, type Logger, messageOf, type Refusal, type Undo } from '@pertybot/core';
import type { Level, OutputLine } from '../../drivers/gpio-driver.js';
import type { OutputInfo } from '../../gpio.js';
import { GpioError } from '../../gpio-error.js';
import { requirePwmLine, requireTonalLine } from '../../pwm/pwm-line.js';
import type { PinHistory } from '../history/pin-history.js';
import type { WallClock } from '../limits/wall-clock.js';
import { describeOutput, type OutputIdentity } from './identify-output.js';
import {
  refuseOn,
  refuseTime,
  refuseUnsafe,
  type Situation,
  timeLeft,
  untilNextLook,
} from './judge.js';
import { OffRetry } from './off-retry.js';
import { PaidMove } from './paid-move.js';

/** What the guard lends to each of its outputs. */
export interface OutputSurroundings {
  readonly clock: Clock;
  readonly wallClock: WallClock;
  readonly log: Logger;
  readonly history: PinHistory;
  /** Reasons that lie outside of the output: emergency stop, interlock. @param now monotonic */
  refuse(output: GuardedOutput, now: number): Refusal | undefined;
  /** Hears of each change. */
  changed(output: GuardedOutput): void;
  /** Hears that the output is no longer there. */
  released(output: GuardedOutput): void;
}

/** A timer that is this near to its end has ended: timers may fire a little early. */
const tolerance = 5;

/** One output pin under guard. Everything here is synchronous: when a call returns, the pin is there. */
export class GuardedOutput {
  private readonly off: OffRetry;
  private readonly paid: PaidMove;
  private isOn = false;
  /** By its plugin; the pin is gone when it is off, too. */
  private released = false;
  private gone = false;
  /** When the one who switched it on wants it off again, monotonic. */
  private until = Number.POSITIVE_INFINITY;
  private cancel: Undo = () => {};

  constructor(
    readonly identity: OutputIdentity,
    readonly line: OutputLine,
    private readonly around: OutputSurroundings,
  ) {
    const { clock, log } = around;
    this.paid = new PaidMove(identity);
    const mended = () => this.released && this.giveBack();
    this.off = new OffRetry({ clock, log, what: this.label, act: () => this.writeOff(), mended });
  }

  /** Whether it is on, or may be. */
  get on(): boolean {
    return this.isOn || this.fault !== undefined;
  }

  /** Why it may be on though it should be off. */
  get fault(): string | undefined {
    return this.off.fault;
  }

  /** Level at the pin. */
  get level(): Level {
    return this.on === this.identity.activeLow ? 0 : 1;
  }

  /** When its pin was switched off the last time, monotonic. */
  get offSince(): number | undefined {
    return this.around.history.offSince;
  }

  /** At which nothing happens. */
  get safeLevel(): Level {
    return this.identity.activeLow ? 1 : 0;
  }

  private get label(): string {
    return `"${this.identity.name}" (${this.identity.pin})`;
  }

  get info(): OutputInfo {
    const { on, level, fault } = this;
    const left = this.isOn ? this.timeLeft(this.situation()) : Infinity;
    return describeOutput(this.identity, this.line, { on, level, fault, left });
  }

  /**
   * Switches on. What is on already stays on, at most as long as it might have anyway: a later wish
   * may bring its end nearer, and never puts it off.
   * @param time milliseconds after which to switch off
   * @throws GpioError GPIO_PIN_RELEASED, GPIO_DRIVER_FAILED
   */
  turnOn(time?: number): Refusal | undefined {
    this.requireClaimed();
    const situation = this.situation();
    const { now } = situation;
    const refusal =
      refuseUnsafe({ name: this.identity.name, fault: this.fault, watch: this.line.watch }) ??
      this.around.refuse(this, now) ??
      (time === undefined ? undefined : refuseTime(situation, time)) ??
      (this.isOn ? undefined : (refuseOn(situation) ?? this.paid.willMove()));
    if (refusal) return refusal;
    const end = now + (time ?? Infinity);
    this.until = this.isOn ? Math.min(this.until, end) : end;
    if (this.isOn) this.schedule(situation);
    else this.writeOn(situation, time);
    return undefined;
  }

  /** @throws GpioError GPIO_PIN_RELEASED, GPIO_DRIVER_FAILED; it is tried again until it has worked */
  turnOff(): void {
    this.requireClaimed();
    if (this.on) this.off.switchOff();
  }

  /** @throws GpioError GPIO_UNSUPPORTED when its line cannot be dimmed, GPIO_PIN_RELEASED */
  dim(brightness: number): void {
    this.requireClaimed();
    const line = requirePwmLine(this.line, this.identity.name);
    if (this.isOn && line.share !== brightness) this.paid.changed();
    line.setShare(brightness);
  }

  /** @throws GpioError GPIO_UNSUPPORTED when its line has no hardware PWM, GPIO_PIN_RELEASED */
  tune(frequency: number): void {
    this.requireClaimed();
    requireTonalLine(this.line, this.identity.name).setFrequency(frequency);
  }

  /** Brings the pin to its safe level whatever is known of it. Never throws. */
  makeSafe(): void {
    if (!this.gone) this.off.trySwitchOff();
  }

  /** Gives the pin back as soon as it is safe: now, unless that fails. Never throws; a second call does nothing. */
  release(): void {
    if (this.released) return;
    this.makeSafe();
    this.released = true;
    if (this.fault === undefined) this.giveBack();
  }

  /** Leaves a pin that is not off to its guardian, which goes on trying. */
  abandon(): void {
    this.off.stop();
    this.cancel();
    this.gone = true;
  }

  private giveBack(): void {
    this.gone = true;
    try {
      this.line.release(this.safeLevel);
    } catch (error) {
      this.around.log.error(`${this.label} was not given back: ${messageOf(error)}`);
    }
    this.around.released(this);
  }

  /** A failed write may have moved the pin. */
  private writeOn(situation: Situation, time: number | undefined): void {
    const left = this.timeLeft(situation);
    this.tellGuardian(left);
    try {
      this.line.write(this.identity.activeLow ? 0 : 1);
    } catch (error) {
      this.makeSafe();
      throw error;
    }
    this.isOn = true;
    // Before anybody hears of it, who might switch it off.
    this.arm(situation, left);
    this.paid.moved(time);
    this.record(situation.now);
  }

  private writeOff(): void {
    this.line.write(this.safeLevel);
    // Not before: a pin that is not off keeps the timer that ends it.
    this.cancel();
    this.line.watch?.done();
    if (!this.isOn) return;
    this.isOn = false;
    this.paid.ended();
    this.record(this.around.clock.now());
  }

  private record(now: number): void {
    this.around.history[this.isOn ? 'switchedOn' : 'switchedOff'](now);
    this.around.changed(this);
  }

  private schedule(situation: Situation): void {
    const left = this.timeLeft(situation);
    this.tellGuardian(left);
    this.arm(situation, left);
  }

  /** Tells it, before the pin moves, until when it may be on. */
  private tellGuardian(left: number): void {
    const most = this.identity.limits.maxOn ?? Infinity;
    this.line.watch?.expect({ time: left, most, late: () => this.makeSafe() });
  }

  private arm(situation: Situation, left: number): void {
    this.cancel();
    const look = untilNextLook(situation, left);
    if (look === Infinity) return;
    this.cancel = this.around.clock.after(look, () => this.expire());
  }

  /** A duty cycle may have grown meanwhile, so that there is time left. */
  private expire(): void {
    const situation = this.situation();
    if (this.timeLeft(situation) > tolerance) {
      this.schedule(situation);
      return;
    }
    if (this.until - situation.now > tolerance) {
      this.around.log.info(`The guard switched "${this.identity.name}" off: its time was up.`);
    }
    this.makeSafe();
  }

  private timeLeft(situation: Situation): number {
    return Math.max(0, Math.min(timeLeft(situation), this.until - situation.now));
  }

  private situation(): Situation {
    const { clock, wallClock, history } = this.around;
    const { name, limits } = this.identity;
    return { name, limits, history, now: clock.now(), date: limits.quietHours && wallClock.date() };
  }

  private requireClaimed(): void {
    if (!this.released) return;
    throw new GpioError('GPIO_PIN_RELEASED', `Pin "${this.identity.pin}" has been given back.`, {
      hint: 'Claim the pin again before using it.',
    });
  }
}
