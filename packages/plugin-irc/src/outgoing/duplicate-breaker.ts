import type { Clock } from '@pertybot/core';
import { isLonger } from './message-text.js';

/** How long Twitch refuses the same text again, and a little more, milliseconds. */
const memory = 31_000;

/** Characters that do not show, as Twitch's own page uses them. */
const filler = ' \u{e0000}';

/** Makes a text that was said in the same channel within 30 s differ from its former self. */
export class DuplicateBreaker {
  private readonly said = new Map<string, number>();
  /** Number of the form that a text was given last: those before it were all said lately. */
  private readonly forms = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /**
   * A text for `channel` that looks like `text` and was not said there lately.
   * @param room characters that it may have
   */
  distinct(channel: string, text: string, room: number): string {
    const from = this.clock.now() - memory;
    if (!this.hasSince(from, channel, text)) return text;
    const key = keyOf(channel, text);
    let variant = text;
    let number = (this.forms.get(key) ?? 0) + 1;
    for (; this.hasSince(from, channel, variant); number++) {
      const next = vary(text, number, room);
      if (next === undefined) break;
      this.forms.set(key, number);
      variant = next;
    }
    return variant;
  }

  /** Notes a text as said. */
  note(channel: string, text: string): void {
    const now = this.clock.now();
    this.forget(now - memory);
    const key = keyOf(channel, text);
    // Moves it to the end: the map is in order of time.
    this.said.delete(key);
    this.said.set(key, now);
  }

  /** Whether `text`, as it was written, was said in `channel` within 30 s. */
  has(channel: string, text: string): boolean {
    return this.hasSince(this.clock.now() - memory, channel, text);
  }

  private hasSince(from: number, channel: string, text: string): boolean {
    const time = this.said.get(keyOf(channel, text));
    return time !== undefined && time > from;
  }

  private forget(from: number): void {
    for (const [key, time] of this.said) {
      if (time > from) break;
      this.said.delete(key);
      this.forms.delete(key);
    }
  }
}

function keyOf(channel: string, text: string): string {
  return `${channel} ${text}`;
}

/** A text that looks the same; undefined when there is no room for one. */
function vary(text: string, number: number, room: number): string | undefined {
  const longer = text + filler.repeat(number);
  if (!isLonger(longer, room)) return longer;
  // No room left: a space becomes one that does not break.
  let at = -1;
  for (let count = 0; count < number; count++) {
    at = text.indexOf(' ', at + 1);
    if (at === -1) return undefined;
  }
  return `${text.slice(0, at)}\u00a0${text.slice(at + 1)}`;
}
