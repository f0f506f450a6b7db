/** A list that forgets its oldest entries, so that a simulator may run for days. */
export class BoundedLog<Entry> {
  private entries: Entry[] = [];

  /** @param limit how many entries are kept at least. */
  constructor(private readonly limit = 2000) {}

  /** What is remembered, oldest first. */
  get all(): readonly Entry[] {
    return this.entries;
  }

  /** Remembers `entry`. */
  add(entry: Entry): void {
    // Cut only at twice the limit: cutting at each entry would cost a copy a message in a flood.
    if (this.entries.length >= this.limit * 2) this.entries = this.entries.slice(-this.limit);
    this.entries.push(entry);
  }

  /** Forgets everything. */
  clear(): void {
    this.entries = [];
  }
}
