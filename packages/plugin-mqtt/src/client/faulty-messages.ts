import type { Clock, Logger } from '@pertybot/core';

/** Shortest time between two warnings, milliseconds. */
const pause = 60_000;

/** Counts messages that make no sense, and says so once a minute: whoever sends ten thousand fills no disk. */
export class FaultyMessages {
  private count = 0;
  private next = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** @param topic one of ours: no text of a stranger */
  add(topic: string): void {
    this.count += 1;
    const now = this.clock.now();
    if (now < this.next) return;
    this.next = now + pause;
    const many = this.count === 1 ? 'A message' : `${this.count} messages`;
    this.log.warn(`${many} made no sense, the last at "${topic}".`);
    this.count = 0;
  }
}
