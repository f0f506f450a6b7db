import {
  type Consumer,
  forPlugin,
  inject,
  injectable,
  Logger,
  messageOf,
  type PerPlugin,
} from '@pertybot/core';
import type { Gpio } from '../gpio.js';
import { ConsumerGpio } from './consumer-gpio.js';
import { PinGuard } from './pin-guard.js';

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
