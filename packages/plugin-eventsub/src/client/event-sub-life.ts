import { injectable, type Undo } from '@pertybot/core';

/** All that can be had of a channel's events comes from now on. */
export interface EventsLive {
  /** Channel login without `#`. */
  readonly channel: string;
  /** Milliseconds in which nothing came before; undefined the first time, and where single events did not come. */
  readonly gap: number | undefined;
}

/** Tells when events begin to come: for the first time, and after each gap. */
@injectable()
export class EventSubLife {
  private readonly listeners = new Set<(live: EventsLive) => void>();

  /** Calls `listener`, which must not throw. */
  onLive(listener: (live: EventsLive) => void): Undo {
    const own = (live: EventsLive) => listener(live);
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }

  /** Tells everybody. */
  tell(live: EventsLive): void {
    for (const listener of [...this.listeners]) listener(live);
  }
}
