/** Points that refill steadily, one bucket for each key. */
export class RateBuckets {
  private readonly buckets = new Map<string, { points: number; at: number }>();

  /**
   * @param limit points that a full bucket holds, and that it gets back in a minute
   * @param now milliseconds
   */
  constructor(
    private readonly limit: number,
    private readonly now: () => number,
  ) {}

  /** Takes one point of `key`, if there is one; tells what Twitch's headers tell of it. */
  draw(key: string): { readonly admitted: boolean; readonly headers: Record<string, string> } {
    const now = this.now();
    const { limit } = this;
    const bucket = this.buckets.get(key) ?? { points: limit, at: now };
    const refilled = Math.max(0, now - bucket.at) * (limit / 60_000);
    const points = Math.min(limit, bucket.points + refilled);
    const admitted = points >= 1;
    const left = admitted ? points - 1 : points;
    this.buckets.set(key, { points: left, at: now });
    const full = now + ((limit - left) / limit) * 60_000;
    return {
      admitted,
      headers: {
        'Ratelimit-Limit': String(limit),
        'Ratelimit-Remaining': String(Math.floor(left)),
        'Ratelimit-Reset': String(Math.ceil(full / 1000)),
      },
    };
  }
}
