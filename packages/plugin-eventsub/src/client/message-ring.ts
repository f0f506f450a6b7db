/**
 * Remembers which messages came, so that one that Twitch sends twice, also over an old socket and a new one, counts
 * once. It holds a fixed number, the oldest giving way: a timer for each would be many in a flood.
 */
export class MessageRing {
  private readonly known = new Set<string>();
  private readonly ring: string[] = [];
  private next = 0;

  /** @param size how many are remembered */
  constructor(private readonly size = 4_096) {}

  /** Whether `id` came before; it is remembered. */
  isRepeated(id: string): boolean {
    if (this.known.has(id)) return true;
    const oldest = this.ring[this.next];
    if (oldest !== undefined) this.known.delete(oldest);
    this.ring[this.next] = id;
    this.known.add(id);
    this.next = (this.next + 1) % this.size;
    return false;
  }
}
