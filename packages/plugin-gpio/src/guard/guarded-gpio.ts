import {
  type Consumer,
  forPlugin,
  Inbox,
  inject,
  injectable,
  Logger,
  messageOf,
  type PerPlugin,
  toMilliseconds,
} from '@pertybot/core';
import type { DriverName } from '../drivers/gpio-driver.js';
import type {
  Gpio,
  Input,
  InputInfo,
  InputPinOptions,
  Output,
  OutputInfo,
  OutputOptions,
  PwmOptions,
} from '../gpio.js';
import type { GuardedOutput } from './guarded-output.js';
import { PinGuard } from './pin-guard.js';

/** Makes a {@link Gpio} for each plugin, so that its pins are its own and go with it. */
@injectable()
export class GuardedGpio implements Gpio, PerPlugin<Gpio> {
  /** For the program that runs the bot: its pins are given back when the guard closes. */
  readonly #own: Gpio;

  constructor(
    @inject(PinGuard) private readonly guard: PinGuard,
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(Logger) log: Logger,
  ) {
    const signal = new AbortController().signal;
    this.#own = this[forPlugin]({ id: 'owner', log, signal, onStop() {} });
  }

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

  output(pin: string | number, options?: OutputOptions): Promise<Output> {
    return this.#own.output(pin, options);
  }

  pwm(pin: string | number, options?: PwmOptions): Promise<Output> {
    return this.#own.pwm(pin, options);
  }

  input(pin: string | number, options?: InputPinOptions): Promise<Input> {
    return this.#own.input(pin, options);
  }

  [forPlugin](consumer: Consumer): Gpio {
    return new ConsumerGpio(this.guard, consumer, this.inbox);
  }
}

/** The pins of one plugin. */
class ConsumerGpio implements Gpio {
  constructor(
    private readonly guard: PinGuard,
    private readonly consumer: Consumer,
    private readonly inbox: Inbox,
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
    const output = await this.guard.claimOutput(pin, this.#owner(options.name), options);
    this.#giveBackAtStop(output);
    return toOutput(output);
  }

  async pwm(pin: string | number, options: PwmOptions = {}): Promise<Output> {
    const output = await this.guard.claimPwm(pin, this.#owner(options.name), options);
    this.#giveBackAtStop(output);
    return toOutput(output);
  }

  async input(pin: string | number, options: InputPinOptions = {}): Promise<Input> {
    const call = (listener: () => unknown) => this.#call(listener, options.name);
    const input = await this.guard.claimInput(pin, this.#owner(options.name), { options, call });
    this.#giveBackAtStop(input);
    return input;
  }

  #owner(name = this.consumer.id) {
    return { plugin: this.consumer.id, name };
  }

  /** The plugin may have stopped while the pin was being claimed. */
  #giveBackAtStop(pin: { release(): void }): void {
    if (!this.consumer.signal.aborted) {
      this.consumer.onStop(() => pin.release());
      return;
    }
    pin.release();
    throw this.consumer.signal.reason;
  }

  #call(listener: () => unknown, name = this.consumer.id): void {
    const fault = (error: unknown) => {
      this.consumer.log.error(`A listener of "${name}" failed: ${messageOf(error)}`, { error });
      this.inbox.emit('fault', { plugin: this.consumer.id, where: `input ${name}`, error });
    };
    try {
      const result = listener();
      if (result instanceof Promise) result.catch(fault);
    } catch (error) {
      fault(error);
    }
  }
}

function toOutput(output: GuardedOutput): Output {
  return {
    name: output.identity.name,
    pin: output.identity.pin,
    get state() {
      return output.on ? 'on' : 'off';
    },
    async on(options = {}) {
      return output.turnOn(options.for === undefined ? undefined : toMilliseconds(options.for));
    },
    async off() {
      output.turnOff();
      return undefined;
    },
    async toggle() {
      if (!output.on) return output.turnOn();
      output.turnOff();
      return undefined;
    },
    async dim(brightness) {
      output.dim(brightness);
    },
  };
}
