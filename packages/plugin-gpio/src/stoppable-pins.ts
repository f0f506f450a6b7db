import type { StopRecord, Undo } from '@pertybot/core';
import type { StoppableOutputs } from '@pertybot/core/host';
import type { GadgetRegistry } from './gadgets/build/gadget-registry.js';
import type { LatchedEmergencyStop } from './guard/estop/latched-emergency-stop.js';
import type { PinGuard } from './guard/pin-guard.js';

/** The pins and gadgets of one gpio entry, as they hang on to the bot's emergency stop. */
export class StoppablePins implements StoppableOutputs {
  constructor(
    private readonly latched: LatchedEmergencyStop,
    private readonly guard: PinGuard,
    private readonly gadgets: GadgetRegistry,
  ) {}

  get engaged(): StopRecord | undefined {
    return this.latched.engaged;
  }

  engage(by: string): void {
    this.latched.engage(by);
    // Those that other plugins bring may have no pins.
    void this.gadgets.switchOff();
  }

  release(): void {
    this.latched.release();
  }

  end(): Promise<void> {
    const ended = this.gadgets.switchOff();
    this.guard.makeSafe();
    return ended;
  }

  onChange(listener: (record: StopRecord | undefined) => void): Undo {
    return this.latched.onChange(listener);
  }
}
