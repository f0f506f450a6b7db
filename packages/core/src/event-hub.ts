import type { Attribution } from './attribution.js';
import { runForEach } from './attribution.js';
import type { BotEvents } from './events.js';
import type { Undo } from './undo.js';

/** Told of whatever a listener threw. */
export type OnFault = (attribution: Attribution, error: unknown) => void;

type Listener = (data: never) => unknown;

interface Registration {
  readonly attribution: Attribution | undefined;
  readonly listener: Listener;
}

/** Hands the bot's events to their listeners. What one of them throws stops neither the others nor the emitter. */
export class EventHub {
  private readonly registrations = new Map<keyof BotEvents, readonly Registration[]>();
  private taps: readonly ((event: keyof BotEvents, data: unknown) => void)[] = [];

  constructor(private readonly onFault: OnFault) {}

  /**
   * Adds a listener.
   * @param plugin id of the plugin that listens; none for the program that runs the bot
   */
  on<Event extends keyof BotEvents>(
    event: Event,
    listener: (data: BotEvents[Event]) => unknown,
    plugin?: string,
  ): Undo {
    const attribution = plugin === undefined ? undefined : { plugin, where: `listener ${event}` };
    const registration: Registration = { attribution, listener };
    this.registrations.set(event, [...this.of(event), registration]);
    return () => {
      this.registrations.set(
        event,
        this.of(event).filter((other) => other !== registration),
      );
    };
  }

  /** Tells `listener`, which must not throw, of every event. It does not count for {@link has}. */
  tap(listener: (event: keyof BotEvents, data: unknown) => void): void {
    this.taps = [...this.taps, listener];
  }

  /** Whether anybody listens. */
  has(event: keyof BotEvents): boolean {
    return this.of(event).length > 0;
  }

  /** Whether anybody listens or taps. */
  isHeard(event: keyof BotEvents): boolean {
    return this.taps.length > 0 || this.has(event);
  }

  /** Calls the listeners of `event`, in the order in which they were added. Never throws. */
  emit<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    for (const tap of this.taps) tap(event, data);
    const registrations = this.of(event);
    if (registrations.length === 0) return;
    runForEach(registrations, (registration) => this.call(registration, event, data));
  }

  private call(registration: Registration, event: string, data: unknown): void {
    const { attribution } = registration;
    // The map's key says which data its listeners take.
    const listener = registration.listener as (data: unknown) => unknown;
    try {
      const result = listener(data);
      if (result instanceof Promise) {
        result.catch((error: unknown) => this.fault(attribution, event, error));
      }
    } catch (error) {
      this.fault(attribution, event, error);
    }
  }

  private of(event: keyof BotEvents): readonly Registration[] {
    return this.registrations.get(event) ?? none;
  }

  private fault(attribution: Attribution | undefined, event: string, error: unknown): void {
    this.onFault(attribution ?? { plugin: '', where: `listener ${event}` }, error);
  }
}

const none: readonly Registration[] = [];
