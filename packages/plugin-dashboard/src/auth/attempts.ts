/** Wrong attempts that one address has before it must wait. */
const freeAttempts = 5;

/** How long it waits then, doubled with each further one, milliseconds. */
const firstWait = 2_000;
const longestWait = 300_000;

/** Addresses that are remembered; when there are more, all of them wait together. */
const mostAddresses = 1_000;

interface Attempts {
  count: number;
  until: number;
}

/** Makes guessing slow: who was wrong too often waits, longer each time. */
export class AttemptLimit {
  private readonly wrong = new Map<string, Attempts>();

  /** @param now monotonic milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Milliseconds that `address` has to wait; 0 where it may try. */
  wait(address: string): number {
    return Math.max(0, (this.wrong.get(this.key(address))?.until ?? 0) - this.now());
  }

  /** Counts a wrong attempt; before the answer is known, so that many at once are counted too. */
  begin(address: string): void {
    const key = this.key(address);
    const { count } = this.wrong.get(key) ?? { count: 0 };
    const over = count + 1 - freeAttempts;
    const wait = over < 0 ? 0 : Math.min(longestWait, firstWait * 2 ** Math.min(over, 20));
    this.wrong.set(key, { count: count + 1, until: this.now() + wait });
  }

  /** It was right. */
  succeed(address: string): void {
    this.wrong.delete(this.key(address));
  }

  private key(address: string): string {
    return this.wrong.has(address) || this.wrong.size < mostAddresses ? address : 'everybody';
  }
}
