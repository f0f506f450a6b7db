import type { Undo } from '@pertybot/core';
import { GpioError } from '../../gpio-error.js';
import type { OutputPlace } from './output-place.js';

/** Who has a pin. */
export interface PinOwner {
  /** Id of the plugin. */
  readonly plugin: string;
  /** Gadget, or what the plugin calls it. */
  readonly name: string;
}

/** Which pin is whose: one owner each, also where the kernel would let two share. */
export class PinOwners {
  private readonly owners = new Map<string, PinOwner>();

  /**
   * Reserves a pin, at once: also while its line is still being claimed.
   * @returns gives it back
   * @throws GpioError GPIO_PIN_BUSY, naming both owners
   */
  take(pin: Pick<OutputPlace, 'name' | 'board'>, owner: PinOwner): Undo {
    const other = this.owners.get(pin.name);
    if (other) {
      const board = pin.board === undefined ? '' : ` (BOARD${pin.board})`;
      throw new GpioError(
        'GPIO_PIN_BUSY',
        `Pin "${pin.name}" is for ${describe(other)}; ${describe(owner)} cannot have it.`,
        { hint: `Give one of them another pin than ${pin.name}${board}.` },
      );
    }
    this.owners.set(pin.name, owner);
    return () => {
      if (this.owners.get(pin.name) === owner) this.owners.delete(pin.name);
    };
  }
}

function describe({ plugin, name }: PinOwner): string {
  return plugin === name ? `the plugin "${plugin}"` : `"${name}" of the plugin "${plugin}"`;
}
