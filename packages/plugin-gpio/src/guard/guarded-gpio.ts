import {
  type Consumer,
  forPlugin,
  inject,
  injectable,
  Logger,
  messageOf,
  type PerPlugin,
  type Refusal,
  toMilliseconds,
} from '@pertybot/core';
import type { DriverName } from '../drivers/gpio-driver.js';
import type {
  Gpio,
  Input,
  InputInfo,
  InputPinOptions,
  OnOptions,
  Output,
  OutputInfo,
  OutputOptions,
  PwmOptions,
} from '../gpio.js';
import { refuseWith } from '../refuse-with.js';
import { deadTimeReason } from './interlocks.js';
import { PinGuard } from './pin-guard.js';
import type { GuardedOutput } from './pins/guarded-output.js';
import { askOff, askOn } from './pins/paid-move.js';

/** The pins of one plugin: they are its own, and go with it. */
class ConsumerGpio implements Gpio {
  constructor(
    protected readonly guard: PinGuard,
    private readonly consumer: Consumer,
  ) {}

  get driver(): DriverName {
    return this.guard.driver.name;
  }

  get description(): string {
    return this.guard.driver.description;
  }

  get outputs(): readonly OutputInfo[] {
    return this.guard.outputs;
  }

  get inputs(): readonly InputInfo[] {
    return this.guard.inputs;
  }

  async output(pin: string | number, options: OutputOptions = {}): Promise<Output> {
    const output = await this.guard.claimOutput(pin, this.owner(options.name), options);
    this.giveBackAtStop(output);
    return toOutput(output, this.guard);
  }

  async pwm(pin: string | number, options: PwmOptions = {}): Promise<Output> {
    const output = await this.guard.claimPwm(pin, this.owner(options.name), options);
    this.giveBackAtStop(output);
    return toOutput(output, this.guard);
  }

  async input(pin: string | number, options: InputPinOptions = {}): Promise<Input> {
    const owner = this.owner(options.name);
    const call = (listener: () => unknown) => this.consumer.run(`input ${owner.name}`, listener);
    const input = await this.guard.claimInput(pin, owner, { options, call });
    this.giveBackAtStop(input);
    return input;
  }

  private owner(name = this.consumer.id) {
    return { plugin: this.consumer.id, name };
  }

  /** The plugin may have stopped while the pin was being claimed. */
  private giveBackAtStop(pin: { release(): void }): void {
    if (!this.consumer.signal.aborted) {
      this.consumer.onStop(() => pin.release());
      return;
    }
    pin.release();
    throw this.consumer.signal.reason;
  }
}

/**
 * Makes a {@link Gpio} for each plugin. It is one itself, for the program that runs the bot: those pins
 * are given back when the guard closes.
 */
@injectable()
export class GuardedGpio extends ConsumerGpio implements PerPlugin<Gpio> {
  constructor(@inject(PinGuard) guard: PinGuard, @inject(Logger) log: Logger) {
    super(guard, programConsumer(log));
  }

  [forPlugin](consumer: Consumer): Gpio {
    return new ConsumerGpio(this.guard, consumer);
  }
}

/** A program that is no plugin: nothing counts its faults, and it never stops before the guard. */
function programConsumer(log: Logger): Consumer {
  const { signal } = new AbortController();
  return {
    id: 'owner',
    log,
    signal,
    onStop() {},
    async run(where, task) {
      try {
        await task();
      } catch (error) {
        log.error(`The program failed in ${where}: ${messageOf(error)}`, { error });
      }
    },
  };
}

function toOutput(output: GuardedOutput, guard: PinGuard): Output {
  /** What is wished last is what counts, when what was wished before still waits. */
  let wish = 0;
  /** How often it was switched off, by whomever: what waited before does not go on. */
  let timesOff = 0;
  const offs = () => timesOff + guard.timesMadeSafe;
  const tryOn = ({ for: time }: OnOptions) =>
    output.turnOn(time === undefined ? undefined : toMilliseconds(time));
  const turnOn = (options: OnOptions = {}): Promise<Refusal | undefined> => {
    const mine = ++wish;
    // What can move does, without a promise before it.
    try {
      const refusal = tryOn(options);
      const isDead = refusal?.reason === deadTimeReason;
      return isDead ? waitOn(options, refusal, mine) : Promise.resolve(refusal);
    } catch (error) {
      return Promise.reject(error);
    }
  };
  const waitOn = async (options: OnOptions, refused: Refusal, mine: number) => {
    const { signal } = options;
    const before = offs();
    let refusal: Refusal | undefined = refused;
    while (refusal?.reason === deadTimeReason) {
      // It rejects when the signal fires, which is asked for here.
      await guard.pause(refusal.retryAfter ?? 0, signal).catch(() => {});
      // A later wish does its own: whoever paid for this one has had nothing.
      if (offs() !== before || signal?.aborted || wish !== mine) {
        return refuseWith('gadget.ended', { gadget: output.identity.name });
      }
      refusal = tryOn(options);
    }
    return refusal;
  };
  const turnOff = () => {
    timesOff++;
    output.turnOff();
  };
  return {
    name: output.identity.name,
    pin: output.identity.pin,
    get state() {
      return output.on ? 'on' : 'off';
    },
    on: (options) => askOn(output, () => turnOn(options)),
    async off() {
      askOff(output);
      turnOff();
      return undefined;
    },
    async toggle() {
      if (!output.on) return askOn(output, turnOn);
      askOff(output);
      turnOff();
      return undefined;
    },
    async dim(brightness) {
      output.dim(brightness);
    },
    async tune(frequency) {
      output.tune(frequency);
    },
  };
}
