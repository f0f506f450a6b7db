import type { Attribution } from './attribution.js';
import { runFor } from './attribution.js';
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

  /** Whether anybody listens. */
  has(event: keyof BotEvents): boolean {
    return this.of(event).length > 0;
  }

  /** Calls the listeners of `event`, in the order in which they were added. Never throws. */
  emit<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    for (const { attribution, listener } of this.of(event)) {
      // The map's key says which data its listeners take.
      const call = listener as (data: BotEvents[Event]) => unknown;
      try {
        const result = attribution ? runFor(attribution, () => call(data)) : call(data);
        if (result instanceof Promise) {
          result.catch((error: unknown) => this.fault(attribution, event, error));
        }
      } catch (error) {
        this.fault(attribution, event, error);
      }
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
