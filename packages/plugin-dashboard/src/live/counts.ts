import type { HeardEvent } from './to-feed-event.js';

/** Outputs whose time on is counted; those of a bot are far fewer. */
const mostOutputs = 200;

/** Counts what happened since the page began. */
export class Counts {
  messages = 0;
  replies = 0;
  commands = 0;
  faults = 0;
  /** By reason. */
  readonly refusals = new Map<string, number>();
  private readonly on = new Map<string, { since: number | undefined; total: number }>();

  /** @param now monotonic milliseconds */
  constructor(private readonly now: () => number) {}

  hear({ name, data }: HeardEvent): void {
    if (name === 'message') this.messages += 1;
    else if (name === 'reply') this.replies += 1;
    else if (name === 'command') this.commands += 1;
    else if (name === 'fault') this.faults += 1;
    else if (name === 'refusal') this.refuse(wordOf(data, 'reason'));
    else if (name === 'pin') this.switch(wordOf(data, 'pin'), data);
  }

  /** Seconds for which each output was on, by pin. */
  get timeOn(): ReadonlyMap<string, number> {
    const entries = [...this.on].map(([pin, { since, total }]) => {
      const running = since === undefined ? 0 : this.now() - since;
      return [pin, (total + running) / 1_000] as const;
    });
    return new Map(entries);
  }

  /** Plugins may add reasons, but not without end. */
  private refuse(reason: string): void {
    const key = this.refusals.size < 100 || this.refusals.has(reason) ? reason : 'other';
    this.refusals.set(key, (this.refusals.get(key) ?? 0) + 1);
  }

  private switch(pin: string, data: unknown): void {
    if (!this.on.has(pin) && this.on.size >= mostOutputs) return;
    const { since, total } = this.on.get(pin) ?? { since: undefined, total: 0 };
    const isOn = typeof data === 'object' && data !== null && Reflect.get(data, 'on') === true;
    const ran = since === undefined ? 0 : this.now() - since;
    this.on.set(
      pin,
      isOn ? { since: since ?? this.now(), total } : { since: undefined, total: total + ran },
    );
  }
}

function wordOf(data: unknown, key: string): string {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, key) : '';
  return typeof value === 'string' ? value : '';
}
