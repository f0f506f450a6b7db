import type { Clock, EmergencyStop, Logger, StopRecord, Undo } from '@pertybot/core';
import { messageOf } from '@pertybot/core';
import type { OwnerControl, StoppableOutputs } from '@pertybot/core/host';
import { MqttError } from '../mqtt-error.js';
import type { Answer, Messages } from '../protocol/messages.js';
import { type HeldStops, unkept } from './held-stops.js';

/** What the stop of a node stands on. */
export interface NodeStopParts {
  readonly stops: HeldStops;
  readonly emergencyStop: Pick<EmergencyStop, 'engage' | 'engaged'>;
  /** Releases everything here, as the owner does. */
  readonly control: Pick<OwnerControl, 'release'>;
  readonly clock: Clock;
  readonly log: Logger;
  answer(host: string, answer: Answer): void;
}

/**
 * The stops that bots made here. The first of them stops all of this machine, and is kept on its disk; only the bot
 * that made it ends it. Who stopped this machine itself meanwhile is not overruled by that.
 */
export class NodeStop implements StoppableOutputs {
  private readonly listeners = new Set<{ readonly listener: (record?: StopRecord) => void }>();
  private record: StopRecord | undefined;
  /** Whether somebody here has stopped everything, too. */
  private isLocal = false;

  constructor(private readonly parts: NodeStopParts) {}

  get engaged(): StopRecord | undefined {
    return this.record;
  }

  /** Takes up what the disk has. One that cannot be read is a stop: its owner here ends it. */
  restore(): void {
    const { stops, emergencyStop, log } = this.parts;
    try {
      stops.restore();
    } catch (error) {
      log.error(messageOf(error), { error });
      emergencyStop.engage('a file of stops that cannot be read');
      return;
    }
    const [first] = stops.list;
    if (first) this.hold(first.by);
  }

  /** A bot stops everything here. It is told that it did once that is on the disk. */
  stop({ stop, host, by }: Messages['estop']): void {
    const { stops, log, answer } = this.parts;
    if (stops.isReleased(stop)) {
      answer(host, { is: 'released', stop });
      return;
    }
    const isNew = !stops.has(stop);
    let isKept = true;
    try {
      // The pins first: what is written takes its time on a card.
      if (isNew) this.hold(by);
      stops.add({ stop, host, by });
    } catch (error) {
      isKept = false;
      log.error(unkept(error), { error });
    }
    if (isKept) answer(host, { is: 'stopped', stop });
  }

  /** The bot that made it lets go. */
  async letGo({ stop, host }: Messages['release']): Promise<void> {
    const { stops, log, answer, control } = this.parts;
    const held = stops.list.find((each) => each.stop === stop);
    if (held && held.host !== host) return;
    try {
      stops.remove(stop);
    } catch (error) {
      log.error(`The stop stays: ${messageOf(error)}`, { error });
      return;
    }
    if (held && stops.list.length === 0) {
      this.record = undefined;
      if (this.isLocal)
        log.warn('The bot that stopped this machine has let go; its owner has not.');
      else await control.release();
      this.isLocal = false;
      for (const { listener } of [...this.listeners]) listener(undefined);
    }
    answer(host, { is: 'released', stop });
  }

  /** Somebody stops everything here: another one than the bot, or the bot by way of this. */
  engage(by: string): void {
    if (this.record !== undefined && by !== this.record.by) this.isLocal = true;
  }

  /** @throws MqttError MQTT_STOP_HELD while a bot has stopped this machine */
  release(): void {
    this.isLocal = false;
    const { record } = this;
    if (record === undefined) return;
    // What others let go meanwhile is stopped again in the same turn.
    queueMicrotask(() => this.parts.emergencyStop.engage(record.by));
    throw new MqttError('MQTT_STOP_HELD', `Everything stays off: it was stopped by ${record.by}.`, {
      hint: 'Release it there, with "pertybot estop --release".',
    });
  }

  end(): void {}

  onChange(listener: (record: StopRecord | undefined) => void): Undo {
    const entry = { listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  private hold(by: string): void {
    const { emergencyStop, clock } = this.parts;
    const before = emergencyStop.engaged?.by;
    if (this.record === undefined) this.isLocal = before !== undefined && before !== by;
    this.record ??= { by, at: clock.date().toISOString() };
    emergencyStop.engage(this.record.by);
  }
}
