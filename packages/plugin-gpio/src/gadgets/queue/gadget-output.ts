import { refuse } from '@pertybot/core';
import type { Output } from '../../gpio.js';
import { isOver } from './run-scope.js';

/** An output of a gadget: a verb that was ended, and goes on all the same, cannot switch it on any more. */
export function toGadgetOutput(output: Output): Output {
  const ended = refuse('gadget.ended', { text: `${output.name} was switched off.` });
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
