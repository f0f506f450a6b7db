import type { Undo } from '../event-hub.js';
import type { ScriptedFaults } from '../scripted-faults.js';
import type { CloseCode } from './close-codes.js';
import type {
  EventSubFaultKinds,
  EventSubScripts,
  ReconnectOptions,
  RevocationReason,
} from './eventsub-scripts.js';
import type { EventSubSession } from './eventsub-session.js';

/** What acts on connections and subscriptions at once. */
export interface FaultActions {
  reconnect(options: ReconnectOptions): void;
  revoke(reason: RevocationReason, type: string | undefined): number;
}

/** Lets the EventSub side go wrong. What acts on connections acts on all that are open. */
export class EventSubFaults {
  /** @internal */
  constructor(
    private readonly scripts: EventSubScripts,
    private readonly sessions: ReadonlyMap<string, EventSubSession>,
    private readonly actions: FaultActions,
  ) {}

  /** The next `times` of that name go wrong this way. @param times @default 1 */
  next<Name extends keyof EventSubFaultKinds>(
    name: Name,
    fault: EventSubFaultKinds[Name],
    times = 1,
  ): void {
    this.script(name).next(name, fault, times);
  }

  /** Each of that name goes wrong this way until undone; `next` comes first. */
  always<Name extends keyof EventSubFaultKinds>(name: Name, fault: EventSubFaultKinds[Name]): Undo {
    return this.script(name).always(name, fault);
  }

  /** Ends every connection: with a close code of Twitch's, by cutting it, or by falling silent. */
  drop(how: CloseCode | 1000 | 'cut' | 'silence' | 'freeze' = 'cut'): void {
    for (const session of this.sessions.values()) {
      if (how === 'cut') session.terminate();
      else if (how === 'silence') session.silence();
      else if (how === 'freeze') session.freeze();
      else session.close(how);
    }
  }

  /** No keepalives any more, on no connection, until undone. */
  stopKeepalives(): Undo {
    this.keepQuiet(true);
    return () => this.keepQuiet(false);
  }

  /** Sends `session_reconnect`, as Twitch does before it takes a server down. */
  reconnect(options: ReconnectOptions = {}): void {
    this.actions.reconnect(options);
  }

  /** Takes subscriptions back: those of `type`, or all. @returns how many */
  revoke(reason: RevocationReason, type?: string): number {
    return this.actions.revoke(reason, type);
  }

  /** Timestamps are so many milliseconds ahead of the truth (behind it, if negative). */
  skewClock(milliseconds: number): void {
    this.scripts.clockSkew = milliseconds;
  }

  /** Sends a frame exactly as it is to everybody, such as a message type that nobody knows. */
  raw(frame: string): void {
    for (const session of this.sessions.values()) session.frame(frame);
  }

  /** All planned faults are over. */
  clear(): void {
    this.scripts.notification.clear();
    this.scripts.welcome.clear();
    this.scripts.upgrade.clear();
    this.scripts.clockSkew = 0;
    this.keepQuiet(false);
  }

  private keepQuiet(quiet: boolean): void {
    this.scripts.keepalives = !quiet;
    for (const session of this.sessions.values()) session.keepQuiet(quiet);
  }

  private script<Name extends keyof EventSubFaultKinds>(
    name: Name,
  ): ScriptedFaults<Name, EventSubFaultKinds[Name]> {
    // Each name has the script of its own kind; TypeScript cannot tie the two together.
    return this.scripts[name] as unknown as ScriptedFaults<Name, EventSubFaultKinds[Name]>;
  }
}
