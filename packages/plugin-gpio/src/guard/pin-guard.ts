import {
  Clock,
  Inbox,
  inject,
  injectable,
  Logger,
  type Refusal,
  sleep,
  toMilliseconds,
} from '@pertybot/core';
import type { AuditedOutput } from '../audit/pin-audit.js';
import type { GpioDriver } from '../drivers/gpio-driver.js';
import { OwnLines } from '../drivers/own-lines.js';
import type { InputInfo, InputPinOptions, OutputInfo, OutputOptions, PwmOptions } from '../gpio.js';
import { GpioConfig } from '../gpio-config.js';
import { GpioError } from '../gpio-error.js';
import { parsePin } from '../pin-name.js';
import { PinHistories } from './history/pin-histories.js';
import type { PinHistory } from './history/pin-history.js';
import { Interlocks } from './interlocks.js';
import { WallClock } from './limits/wall-clock.js';
import { GuardedInput, type InputSurroundings } from './pins/guarded-input.js';
import { GuardedOutput, type OutputSurroundings } from './pins/guarded-output.js';
import { claimLine, identifyOutput, toGuardClock } from './pins/identify-output.js';
import { forgetLeftOn, untilOff } from './pins/left-on.js';
import { type OutputPlace, outputPlace, placeOf, pwmPlace } from './pins/output-place.js';
import { type PinOwner, PinOwners } from './pins/pin-owners.js';
import { refuseWithoutLimits } from './plugin-pins.js';

/** Time for which a level must be steady unless a plugin says otherwise, in milliseconds. */
const defaultDebounce = 20;

/** Turns a second that servos want. */
const servoFrequency = 50;

/**
 * Stands between every plugin and the driver. It knows each pin's owner, keeps every output within
 * its limits, and can bring all of them to their safe level at any moment, synchronously.
 */
@injectable()
export class PinGuard {
  private readonly owners = new PinOwners();
  private readonly claimedOutputs = new Set<GuardedOutput>();
  private readonly claimedInputs = new Set<GuardedInput>();
  private readonly interlocks: Interlocks;
  private readonly blocks = new Set<Refusal>();
  /** How often everything was made safe: what waited before goes on no more. */
  timesMadeSafe = 0;
  private opened: GpioDriver | undefined;
  private ownLines = new OwnLines();
  private histories: PinHistories;
  /** Hears of each change of an output, in the turn of whoever made it. */
  onChange: ((output: AuditedOutput) => void) | undefined;

  constructor(
    @inject(GpioConfig) private readonly config: GpioConfig,
    @inject(Clock) private readonly clock: Clock,
    @inject(WallClock) private readonly wallClock: WallClock,
    @inject(Inbox) private readonly inbox: Pick<Inbox, 'emit'>,
    @inject(Logger) private readonly log: Logger,
  ) {
    this.interlocks = new Interlocks(config.interlock);
    this.histories = new PinHistories(clock);
  }

  /** @throws GpioError GPIO_DRIVER_FAILED before {@link PinGuard.open} */
  get driver(): GpioDriver {
    if (this.opened) return this.opened;
    throw new GpioError('GPIO_DRIVER_FAILED', 'The GPIO driver is not open.', {
      hint: 'Use pins only after the gpio plugin has started.',
    });
  }

  get outputs(): readonly OutputInfo[] {
    return [...this.claimedOutputs].map((output) => output.info);
  }

  get inputs(): readonly InputInfo[] {
    return [...this.claimedInputs].map((input) => input.info);
  }

  /**
   * Sets the driver whose lines are guarded.
   * @param ownLines what this bot has exported in sysfs, where it may be a bot before this one
   */
  open(driver: GpioDriver, ownLines = new OwnLines()): void {
    this.opened = driver;
    this.ownLines = ownLines;
  }

  /** Has the outputs that are claimed from now on go by what these remember. */
  remember(histories: PinHistories): void {
    this.histories = histories;
  }

  /** @throws GpioError when the pin is invalid, owned or cannot be claimed */
  claimOutput(
    text: string | number,
    owner: PinOwner,
    options: OutputOptions,
  ): Promise<GuardedOutput> {
    return this.claim(outputPlace(text, this.driver), owner, options);
  }

  /** @throws GpioError as claimOutput, and GPIO_UNSUPPORTED without hardware PWM */
  claimPwm(text: string | number, owner: PinOwner, options: PwmOptions): Promise<GuardedOutput> {
    const { frequency = servoFrequency, chip, channel, onlyIfRouted } = options;
    const wanted = { frequency, chip, channel, onlyIfRouted, ownLines: this.ownLines };
    return this.claim(pwmPlace(text, this.driver, wanted), owner, options);
  }

  /** @throws GpioError as claimOutput */
  async claimInput(
    text: string | number,
    owner: PinOwner,
    { options, call }: { options: InputPinOptions; call: InputSurroundings['call'] },
  ): Promise<GuardedInput> {
    const pin = parsePin(text);
    const { pull = 'up', activeLow = pull === 'up', debounce = defaultDebounce } = options;
    const place = placeOf(pin);
    const giveBack = this.owners.take(place, owner);
    try {
      this.warnReserved(place, owner);
      const line = await this.driver.claimInput(pin.gpio, {
        pull,
        debounce: toMilliseconds(debounce),
        rest: activeLow ? 1 : 0,
      });
      const released = (input: GuardedInput) => {
        this.claimedInputs.delete(input);
        giveBack();
      };
      const input = new GuardedInput({ ...owner, pin: pin.name, activeLow }, line, {
        call,
        released,
      });
      this.claimedInputs.add(input);
      return input;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /** Waits on the clock that all limits go by. @throws the signal's reason when it fires first */
  pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return sleep(this.clock, milliseconds, signal);
  }

  /** Brings every output to its safe level, synchronously. Never throws. */
  makeSafe(): void {
    this.timesMadeSafe += 1;
    for (const output of this.claimedOutputs) output.makeSafe();
  }

  /** Makes everything safe and lets nothing be switched on until the returned undo is called. */
  block(refusal: Refusal): () => void {
    this.blocks.add(refusal);
    this.makeSafe();
    return () => void this.blocks.delete(refusal);
  }

  /**
   * Gives back every pin and closes the driver. An output that cannot be switched off is tried for a
   * moment, and is then left to its guardian: see {@link leftOn}.
   */
  async close(): Promise<void> {
    for (const pin of [...this.claimedOutputs, ...this.claimedInputs]) pin.release();
    if (!this.opened) return this.histories.flush();
    await untilOff(this.claimedOutputs, { clock: this.clock, driver: this.opened.name });
    this.histories.flush();
    this.claimedOutputs.clear();
    await this.opened.close();
    this.opened = undefined;
  }

  private async claim(
    pin: OutputPlace,
    owner: PinOwner,
    options: OutputOptions,
  ): Promise<GuardedOutput> {
    const { identity, warnings } = identifyOutput(pin.name, { owner, options }, this.config);
    const taken = [this.owners.take(pin, owner)];
    const giveBack = () => {
      for (const undo of taken) undo();
    };
    const reserve = (name: string) => void taken.push(this.owners.take({ name }, owner));
    try {
      if (identity.limits.quietHours) await this.wallClock.look();
      const history = this.histories.of(pin.name, identity.limits);
      const line = await claimLine(pin, identity, {
        dimmable: options.dimmable,
        reserve,
        clock: this.clock,
        log: this.log,
      });
      this.warnReserved(pin, owner);
      for (const warning of warnings) this.log.warn(`"${owner.name}" (${pin.name}) ${warning}.`);
      const output = new GuardedOutput(identity, line, this.surround(history, giveBack));
      this.claimedOutputs.add(output);
      forgetLeftOn(pin.name, this.driver.name);
      if (options.interlock !== undefined) this.interlocks.add(output, options.interlock);
      return output;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  private surround(history: PinHistory, giveBack: () => void): OutputSurroundings {
    return {
      clock: toGuardClock(this.clock),
      wallClock: this.wallClock,
      log: this.log,
      history,
      refuse: (output, now) => this.refuse(output, now),
      changed: (output) => this.changed(output),
      released: (output) => {
        this.claimedOutputs.delete(output);
        this.interlocks.remove(output);
        giveBack();
      },
    };
  }

  private refuse(output: GuardedOutput, now: number): Refusal | undefined {
    for (const block of this.blocks) return block;
    return (
      refuseWithoutLimits(output.identity, this.config, this.claimedOutputs) ??
      this.interlocks.refuse(output, this.claimedOutputs, now)
    );
  }

  private changed(output: GuardedOutput): void {
    this.onChange?.(output);
    const { identity, level, on } = output;
    const { name: gadget, pin, dryRun } = identity;
    this.histories.changed(pin, on);
    this.inbox.emit('pin', { gadget, pin, level, on, ...(dryRun ? { dryRun } : {}) });
  }

  private warnReserved(
    { name: pin, reserved }: Omit<OutputPlace, 'claim'>,
    { name }: PinOwner,
  ): void {
    if (reserved) this.log.warn(`"${name}" uses ${pin}, which may be in use for ${reserved}.`);
  }
}
