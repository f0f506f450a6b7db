import type { Undo } from '../contracts/consumer.js';
import type { BotEvents } from '../contracts/events.js';

/** Which events of which channels somebody brings, so that another source holds its tongue. */
export class BroughtEvents {
  /** How many bring it. */
  private readonly counts = new Map<string, number>();

  add(event: keyof BotEvents, channel: string): Undo {
    const key = keyOf(event, channel);
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    let isUndone = false;
    return () => {
      if (isUndone) return;
      isUndone = true;
      const left = (this.counts.get(key) ?? 1) - 1;
      if (left > 0) this.counts.set(key, left);
      else this.counts.delete(key);
    };
  }

  has(event: keyof BotEvents, channel: string): boolean {
    // Nobody brings anything in most bots, and a line of chat may ask.
    return this.counts.size > 0 && this.counts.has(keyOf(event, channel));
  }
}

function keyOf(event: keyof BotEvents, channel: string): string {
  return `${event} ${channel.replace(/^#/, '').toLowerCase()}`;
}
