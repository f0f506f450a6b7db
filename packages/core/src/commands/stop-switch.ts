import type { Clock } from '../contracts/clock.js';
import { type Consumer, forPlugin, type PerPlugin, type Undo } from '../contracts/consumer.js';
import type {
  EmergencyStop,
  OwnerStop,
  StoppableOutputs,
  StopRecord,
} from '../contracts/emergency-stop.js';
import { messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import type { EventHub } from '../events/event-hub.js';

/** What the switch stands on. */
export interface StopSwitchOptions {
  readonly events: EventHub;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Outputs, and the plugin that they came with. */
interface Attached {
  readonly plugin: string;
  readonly outputs: StoppableOutputs;
}

type Listener = (record: StopRecord | undefined) => void;

/** The one switch that stops everything. It needs no plugin: outputs that come later are stopped when they come. */
export class StopSwitch implements OwnerStop, PerPlugin<EmergencyStop> {
  private readonly attached = new Set<Attached>();
  /** Plugins whose outputs went away stopped: only the owner ends it before they are back. */
  private readonly owed = new Set<string>();
  private readonly listeners = new Set<{ readonly listener: Listener }>();
  private stopped: StopRecord | undefined;
  private stops = 0;
  private readonly halts = new Set<() => void>();

  constructor(private readonly options: StopSwitchOptions) {}

  get engaged(): StopRecord | undefined {
    return this.stopped;
  }

  get hasOutputs(): boolean {
    return this.attached.size > 0;
  }

  /** How often everything was stopped, or let go again. */
  get count(): number {
    return this.stops;
  }

  engage(by: string): void {
    this.stops += 1;
    const isNew = this.stopped === undefined;
    this.stopped ??= { by, at: this.options.clock.date().toISOString() };
    this.eachOutputs((outputs) => outputs.engage(by));
    this.halt();
    if (!isNew) return;
    if (!this.hasOutputs) {
      this.options.logger.warn(`Emergency stop by ${by}: outputs that come stay off.`);
    }
    this.tell();
  }

  end(): void {
    this.stops += 1;
    this.eachOutputs((outputs) => outputs.end());
    this.halt();
  }

  /** Calls `halt`, which must not throw, whenever everything was stopped. */
  onHalt(halt: () => void): void {
    this.halts.add(halt);
  }

  release(): void {
    this.owed.clear();
    const faults: unknown[] = [];
    for (const { outputs } of [...this.attached]) {
      try {
        outputs.release();
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw faults[0];
    this.settle();
  }

  attach(outputs: StoppableOutputs, plugin = ''): Undo {
    const attached: Attached = { plugin, outputs };
    this.attached.add(attached);
    this.owed.delete(plugin);
    const stopListening = outputs.onChange((record) => {
      if (record === undefined) this.settle();
      else if (this.stopped === undefined) this.engage(record.by);
    });
    const record = this.stopped ?? outputs.engaged;
    if (record !== undefined) {
      // Those that bring a stop from before have told of it then.
      this.stopped = record;
      this.eachOutputs((each) => each.engage(record.by));
    }
    return () => {
      stopListening();
      const wasThere = this.attached.delete(attached);
      if (wasThere && this.stopped !== undefined) this.owed.add(plugin);
    };
  }

  onChange(listener: Listener): Undo {
    const entry = { listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  [forPlugin](consumer: Consumer): EmergencyStop {
    const stop = this;
    const undone = (undo: Undo) => {
      consumer.onStop(undo);
      return undo;
    };
    return {
      get engaged() {
        return stop.engaged;
      },
      engage: (by) => stop.engage(by),
      attach: (outputs) => undone(stop.attach(outputs, consumer.id)),
      onChange: (listener) =>
        undone(stop.onChange((record) => consumer.run('emergency stop', () => listener(record)))),
    };
  }

  private halt(): void {
    for (const halt of this.halts) halt();
  }

  /** One that fails must not keep the others on. */
  private eachOutputs(act: (outputs: StoppableOutputs) => void | Promise<void>): void {
    for (const { plugin, outputs } of [...this.attached]) {
      const fail = (error: unknown) => {
        const message = `Outputs of the plugin "${plugin}" could not be stopped: ${messageOf(error)}`;
        this.options.logger.error(message, { plugin, error });
      };
      try {
        Promise.resolve(act(outputs)).catch(fail);
      } catch (error) {
        fail(error);
      }
    }
  }

  /** Ends the stop when none of the outputs is stopped any more. */
  private settle(): void {
    if (this.stopped === undefined || this.owed.size > 0) return;
    if ([...this.attached].some(({ outputs }) => outputs.engaged !== undefined)) return;
    // What was asked while everything was stopped does not begin now, either.
    this.stops += 1;
    this.stopped = undefined;
    this.tell();
  }

  private tell(): void {
    const record = this.stopped;
    for (const { listener } of [...this.listeners]) listener(record);
    this.options.events.emit(
      'estop',
      record ? { engaged: true, by: record.by } : { engaged: false },
    );
  }
}
