import type { BotEvents } from '../contracts/events.js';
import type { Undo } from '../contracts/undo.js';
import type { Attribution } from './attribution.js';
import { runForEach } from './attribution.js';

/** Told of whatever a listener threw. */
export type OnFault = (attribution: Attribution, error: unknown) => void;

type Listener = (data: never) => unknown;

interface Registration {
  readonly attribution: Attribution;
  readonly listener: Listener;
}

type Registrations = Map<keyof BotEvents, readonly Registration[]>;

/** Hands the bot's events to their listeners. What one of them throws stops neither the others nor the emitter. */
export class EventHub {
  private readonly ofProgram: Registrations = new Map();
  private readonly ofPlugins: Registrations = new Map();
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
    const registrations = plugin === undefined ? this.ofProgram : this.ofPlugins;
    const attribution = { plugin: plugin ?? '', where: `listener ${event}` };
    const registration: Registration = { attribution, listener };
    const others = () => (registrations.get(event) ?? none).filter((each) => each !== registration);
    registrations.set(event, [...others(), registration]);
    return () => void registrations.set(event, others());
  }

  /** Tells `listener`, which must not throw, of every event. It does not count for {@link has}. */
  tap(listener: (event: keyof BotEvents, data: unknown) => void): void {
    this.taps = [...this.taps, listener];
  }

  /** Whether anybody listens. */
  has(event: keyof BotEvents): boolean {
    return isFilled(this.ofProgram.get(event)) || isFilled(this.ofPlugins.get(event));
  }

  /** Whether anybody listens or taps. */
  isHeard(event: keyof BotEvents): boolean {
    return this.taps.length > 0 || this.has(event);
  }

  /** Calls the listeners of `event`: first the program's, then those of plugins, each as they were added. Never throws. */
  emit<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    this.tellProgram(event, data);
    this.tellPlugins(event, data);
  }

  /** The first half of {@link emit}. */
  tellProgram<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    for (const tap of this.taps) tap(event, data);
    for (const registration of this.ofProgram.get(event) ?? none) this.call(registration, data);
  }

  /** The other half of {@link emit}. */
  tellPlugins<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    const registrations = this.ofPlugins.get(event);
    if (registrations === undefined || registrations.length === 0) return;
    runForEach(registrations, this.call, data);
  }

  private readonly call = (registration: Registration, data: unknown): void => {
    try {
      // The map's key says which data its listeners take.
      const result = (registration.listener as (data: unknown) => unknown)(data);
      if (result instanceof Promise) this.watch(result, registration);
    } catch (error) {
      this.onFault(registration.attribution, error);
    }
  };

  private watch(result: Promise<unknown>, { attribution }: Registration): void {
    result.catch((error: unknown) => this.onFault(attribution, error));
  }
}

const none: readonly Registration[] = [];

function isFilled(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}
