import { SimulatorError } from './simulator-error.js';

/** Hears the data of one event. */
export type Listener<Data> = (data: Data) => void;

/** Gives back what an `on` or a control took. */
export type Undo = () => void;

/** Events with typed data, and promises for those that are still to come. */
export class EventHub<Events extends object> {
  private readonly taps = new Set<(event: keyof Events, data: Events[keyof Events]) => void>();

  /** Calls `listener` on every `event` from now on; returns the undo. */
  on<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): Undo {
    const tap = (name: keyof Events, data: Events[keyof Events]): void => {
      // The name was compared, so the data is that event's; TypeScript cannot tie the two together.
      if (name === event) listener(data as Events[Name]);
    };
    this.taps.add(tap);
    return () => void this.taps.delete(tap);
  }

  /** Tells everybody who listens to `event`. */
  emit<Name extends keyof Events>(event: Name, data: Events[Name]): void {
    for (const tap of [...this.taps]) tap(event, data);
  }

  /**
   * The first `event` from now on that `accept` takes.
   * @param timeout milliseconds. @default 5000
   * @throws SimulatorError `SIMULATOR_WAIT_TIMEOUT`
   */
  waitFor<Name extends keyof Events>(
    event: Name,
    accept: (data: Events[Name]) => boolean = () => true,
    timeout = 5000,
  ): Promise<Events[Name]> {
    return this.wait(`"${String(event)}"`, timeout, (done) =>
      this.on(event, (data) => {
        if (accept(data)) done(data);
      }),
    );
  }

  /**
   * Waits until `condition` holds; it is asked at once and after every event.
   * @param timeout milliseconds. @default 5000
   * @throws SimulatorError `SIMULATOR_WAIT_TIMEOUT`
   */
  async until(condition: () => boolean, timeout = 5000): Promise<void> {
    if (condition()) return;
    await this.wait<true>('the condition', timeout, (done) => {
      // Asked a turn later, so that whoever emitted has finished changing its state.
      const tap = (): void => void setImmediate(() => condition() && done(true));
      this.taps.add(tap);
      return () => void this.taps.delete(tap);
    });
  }

  private wait<Result>(
    what: string,
    timeout: number,
    listen: (done: (result: Result) => void) => Undo,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        undo();
        const message = `Waited ${timeout} ms for ${what} in vain.`;
        reject(new SimulatorError('SIMULATOR_WAIT_TIMEOUT', message));
      }, timeout);
      const undo = listen((result) => {
        clearTimeout(timer);
        undo();
        resolve(result);
      });
    });
  }
}
