import type { RememberedRefusal } from '../contracts/bot-status.js';
import type { Clock } from '../contracts/clock.js';
import type { EventHub } from '../events/event-hub.js';

/** Refusals that are remembered. */
const rememberedRefusals = 200;

/** Keeps the last refusals, for whoever asks why a command did not run. */
export class RefusalLog {
  /** Newest last. */
  readonly list: RememberedRefusal[] = [];

  constructor(events: EventHub, clock: Clock) {
    events.on('refusal', (refusal) => {
      this.list.push({ ...refusal, time: clock.date().getTime() });
      if (this.list.length > rememberedRefusals) this.list.shift();
    });
  }
}
