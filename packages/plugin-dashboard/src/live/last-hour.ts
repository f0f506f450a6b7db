import type { HourReport } from '../shared/feed.js';
import type { HeardEvent } from './to-feed-event.js';

const minute = 60_000;
const minutes = 60;

/** Outputs whose time on is kept; those of a bot are far fewer. */
const mostOutputs = 200;

/** What happened in each minute of the last hour: 60 numbers for each thing that is counted, and no more. */
class Minutes {
  private readonly values = new Float64Array(minutes);
  private newest = 0;

  /** @param at the minute, counted from any beginning */
  add(at: number, value: number): void {
    if (at !== this.newest) this.goTo(at);
    this.values[at % minutes] = (this.values[at % minutes] ?? 0) + value;
  }

  /** Oldest first, the minute `at` last. */
  list(at: number): readonly number[] {
    this.goTo(at);
    return Array.from({ length: minutes }, (_, index) => {
      return this.values[(at + 1 + index) % minutes] ?? 0;
    });
  }

  /** Forgets what is an hour old. */
  private goTo(at: number): void {
    for (let next = Math.max(this.newest + 1, at - minutes + 1); next <= at; next += 1) {
      this.values[next % minutes] = 0;
    }
    this.newest = Math.max(this.newest, at);
  }
}

interface OutputTime {
  readonly gadget: string;
  readonly minutes: Minutes;
  /** Up to when its time is added, by the clock; undefined while it is off. */
  since: number | undefined;
}

/** Counts what happened in the last hour, minute by minute, in a room that does not grow. */
export class LastHour {
  private readonly counts = {
    message: new Minutes(),
    command: new Minutes(),
    refusal: new Minutes(),
  };
  private readonly outputs = new Map<string, OutputTime>();

  /** @param now monotonic milliseconds */
  constructor(private readonly now: () => number) {}

  hear({ name, data }: HeardEvent): void {
    if (name === 'message' || name === 'command' || name === 'refusal') {
      this.counts[name].add(this.minuteOf(this.now()), 1);
    } else if (name === 'pin') this.switch(data);
  }

  get report(): HourReport {
    const at = this.minuteOf(this.now());
    for (const output of this.outputs.values()) this.settle(output);
    return {
      messages: this.counts.message.list(at),
      commands: this.counts.command.list(at),
      refusals: this.counts.refusal.list(at),
      timeOn: [...this.outputs].map(([pin, output]) => ({
        pin,
        gadget: output.gadget,
        seconds: output.minutes.list(at).map((value) => Math.round(value / 100) / 10),
      })),
    };
  }

  private minuteOf(time: number): number {
    return Math.floor(time / minute);
  }

  private switch(data: unknown): void {
    const read = (key: string): unknown =>
      typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined;
    const pin = read('pin');
    const gadget = read('gadget');
    if (typeof pin !== 'string' || typeof gadget !== 'string') return;
    const known = this.outputs.get(pin);
    if (known === undefined && this.outputs.size >= mostOutputs) return;
    const output = known ?? { gadget, minutes: new Minutes(), since: undefined };
    this.outputs.set(pin, output);
    this.settle(output);
    // What is only tried does not go on.
    output.since = read('on') === true && read('dryRun') !== true ? this.now() : undefined;
  }

  /** Adds the time on up to now, to each minute its own. */
  private settle(output: OutputTime): void {
    const now = this.now();
    let from = Math.max(output.since ?? now, now - minutes * minute);
    while (from < now) {
      const until = Math.min(now, (this.minuteOf(from) + 1) * minute);
      output.minutes.add(this.minuteOf(from), until - from);
      from = until;
    }
    if (output.since !== undefined) output.since = now;
  }
}
