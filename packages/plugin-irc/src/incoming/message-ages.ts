/** How much faster than Twitch's our clock may run where nothing keeps it: 100 ppm, twice what a crystal does. */
const drift = 1e-4;

/**
 * Tells how late the lines of one connection are. Twitch says when it took a line by a clock of its own, and
 * ours does not know the time of day, so a line is late by what it took longer than the fastest one.
 */
export class MessageAges {
  #least = Number.POSITIVE_INFINITY;
  #lastAt = 0;

  /**
   * @param sentAt when Twitch took the line, by its clock
   * @param arrivedAt when it came, by a clock that never jumps
   * @returns milliseconds; undefined when Twitch does not say when it took the line
   */
  of(sentAt: number, arrivedAt: number): number | undefined {
    if (!(sentAt > 0)) return undefined;
    const difference = arrivedAt - sentAt;
    this.#least = Math.min(this.#least + drift * (arrivedAt - this.#lastAt), difference);
    this.#lastAt = arrivedAt;
    return difference - this.#least;
  }
}
