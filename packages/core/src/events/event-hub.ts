import type { Undo } from '../contracts/consumer.js';
import type { BotEvents } from '../contracts/events.js';
import { type Attribution, attributionNow, runFor, runForEach } from './attribution.js';

/** Told of whatever a listener threw. */
export type OnFault = (attribution: Attribution, error: unknown) => void;

type Listener = (data: never) => unknown;

type HeardListener = (event: keyof BotEvents) => void;

interface Registration {
  readonly attribution: Attribution;
  readonly listener: Listener;
}

/** Listeners by event. */
class Registrations {
  private readonly byEvent = new Map<keyof BotEvents, Set<Registration>>();
  /** The same as lists, made when they are next told: whoever comes or goes meanwhile changes a new list. */
  private readonly lists = new Map<keyof BotEvents, readonly Registration[]>();

  add(event: keyof BotEvents, registration: Registration): Undo {
    const all = this.byEvent.get(event) ?? new Set();
    this.byEvent.set(event, all.add(registration));
    this.lists.delete(event);
    return () => {
      if (all.delete(registration)) this.lists.delete(event);
    };
  }

  /** Plugins that are told of the event. */
  pluginsOf(event: keyof BotEvents): readonly string[] {
    return [...new Set(this.of(event).map(({ attribution }) => attribution.plugin))];
  }

  /** Events of which the plugin is told. */
  heardBy(plugin: string): readonly string[] {
    return [...this.byEvent].flatMap(([event, registrations]) =>
      [...registrations].some(({ attribution }) => attribution.plugin === plugin) ? [event] : [],
    );
  }

  has(event: keyof BotEvents): boolean {
    return (this.byEvent.get(event)?.size ?? 0) > 0;
  }

  of(event: keyof BotEvents): readonly Registration[] {
    const known = this.lists.get(event);
    if (known !== undefined) return known;
    const list = [...(this.byEvent.get(event) ?? [])];
    this.lists.set(event, list);
    return list;
  }
}

/** Hands the bot's events to their listeners. What one of them throws stops neither the others nor the emitter. */
export class EventHub {
  private readonly ofProgram = new Registrations();
  private readonly ofPlugins = new Registrations();
  private readonly heardListeners = new Map<HeardListener, Attribution | undefined>();
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
    const attribution = { plugin: plugin ?? '', where: `listener ${event}` };
    if (plugin === undefined) return this.ofProgram.add(event, { attribution, listener });
    const undo = this.ofPlugins.add(event, { attribution, listener });
    this.tellHeard(event);
    return () => {
      undo();
      this.tellHeard(event);
    };
  }

  /** Calls `listener` after a plugin has begun or ceased to listen to an event. */
  onHeard(listener: HeardListener): Undo {
    // A function of its own, so that a listener given twice is undone once.
    const own: HeardListener = (event) => listener(event);
    this.heardListeners.set(own, attributionNow());
    return () => this.heardListeners.delete(own);
  }

  /** Ids of the plugins that listen to `event`. */
  pluginsThatHear(event: keyof BotEvents): readonly string[] {
    return this.ofPlugins.pluginsOf(event);
  }

  /** Tells `listener`, which must not throw, of every event. It does not count for {@link has}. */
  tap(listener: (event: keyof BotEvents, data: unknown) => void): void {
    this.taps = [...this.taps, listener];
  }

  /** Events to which a plugin listens. */
  heardBy(plugin: string): readonly string[] {
    return this.ofPlugins.heardBy(plugin);
  }

  /** Whether anybody listens. */
  has(event: keyof BotEvents): boolean {
    return this.ofProgram.has(event) || this.ofPlugins.has(event);
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
    for (const registration of this.ofProgram.of(event)) this.call(registration, data);
  }

  /** The other half of {@link emit}. */
  tellPlugins<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    const registrations = this.ofPlugins.of(event);
    if (registrations.length === 0) return;
    runForEach(registrations, this.call, data);
  }

  private tellHeard(event: keyof BotEvents): void {
    for (const [listener, owner] of this.heardListeners) {
      const attribution = { plugin: owner?.plugin ?? '', where: 'listener of listeners' };
      try {
        runFor(attribution, () => listener(event));
      } catch (error) {
        this.onFault(attribution, error);
      }
    }
  }

  private readonly call = (registration: Registration, data: unknown): void => {
    try {
      // The map's key says which data its listeners take.
      const result = (registration.listener as (data: unknown) => unknown)(data);
      if (result instanceof Promise) this.watch(result, registration, data);
    } catch (error) {
      this.onFault(blame(registration, data), error);
    }
  };

  private watch(result: Promise<unknown>, registration: Registration, data: unknown): void {
    result.catch((error: unknown) => this.onFault(blame(registration, data), error));
  }
}

/** Whose fault it was, and for which viewer, where the event tells of one. */
function blame({ attribution }: Registration, data: unknown): Attribution {
  const viewer = viewerOf(data);
  return viewer === undefined ? attribution : { ...attribution, viewer };
}

function viewerOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('user' in data)) return undefined;
  const { user } = data;
  const has = typeof user === 'object' && user !== null && 'id' in user;
  return has && typeof user.id === 'string' ? user.id : undefined;
}
