import { AsyncLocalStorage } from 'node:async_hooks';
import type { Output } from '../../gpio.js';
import { refuseWith } from '../../refuse-with.js';

/** The signal of the verb that runs. */
const scope = new AsyncLocalStorage<AbortSignal>();

/** Runs a verb's work so that whatever it leaves behind is known to be over once `signal` has fired. */
export function runWithin<Result>(signal: AbortSignal, work: () => Result): Result {
  return scope.run(signal, work);
}

/** Whether what asks belongs to a verb that was ended, and only does not know it. */
export function isOver(): boolean {
  return scope.getStore()?.aborted ?? false;
}

/** An output of a gadget: a verb that was ended, and goes on all the same, cannot switch it on any more. */
export function toGadgetOutput(output: Output): Output {
  const ended = refuseWith('gadget.ended', { gadget: output.name });
  return {
    name: output.name,
    pin: output.pin,
    get state() {
      return output.state;
    },
    on: async (options) => (isOver() ? ended : output.on(options)),
    off: () => output.off(),
    toggle: async () => (isOver() && output.state === 'off' ? ended : output.toggle()),
    dim: (brightness) => output.dim(brightness),
    tune: (frequency) => output.tune(frequency),
  };
}
