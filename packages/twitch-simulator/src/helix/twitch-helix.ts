import type { EventHub, Listener, Undo } from '../event-hub.js';
import type { HelixEvents, RecordedCall } from './helix-events.js';
import type { HelixFaults } from './helix-faults.js';
import type { HelixServer } from './helix-server.js';

/** The API side of the simulated Twitch, Helix, as tests and `pertybot dev` steer it. */
export class TwitchHelix {
  /** Lets chosen answers go wrong. */
  readonly faults: HelixFaults;

  constructor(private readonly server: HelixServer) {
    this.faults = server.faults;
  }

  /** Every call so far, oldest first (the last few thousand). */
  get calls(): readonly RecordedCall[] {
    return this.server.log.all;
  }

  /** Calls `listener` on each `answer`; returns the undo. */
  on<Name extends keyof HelixEvents>(event: Name, listener: Listener<HelixEvents[Name]>): Undo {
    return this.server.hub.on(event, listener);
  }

  /** The next `answer` that `accept` takes. @see EventHub.waitFor */
  waitFor: EventHub<HelixEvents>['waitFor'] = (event, accept, timeout) =>
    this.server.hub.waitFor(event, accept, timeout);
}
