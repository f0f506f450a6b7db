const uuidLength = 36;

/** How many messages each of the two halves remembers. */
const half = 1_024;

/**
 * Remembers the last messages, to know one that arrives again. It keeps numbers made of their ids:
 * a piece of a line would keep the whole line in memory.
 */
export class MessageMemory {
  private newer = new NumberTable();
  private older = new NumberTable();

  /** @returns whether `id` was among the last messages already; never for one without an id */
  isRepeated(id: string | undefined): boolean {
    if (id === undefined) return false;
    let low = 0x811c9dc5;
    let high = 0x1b873593;
    // Twitch's ids are random UUIDs: their later half tells them apart as well as the whole. Each number
    // takes every other pair of its characters.
    for (let index = id.length === uuidLength ? 16 : 0; index < id.length; index += 4) {
      low = mixed(low, id.charCodeAt(index), id.charCodeAt(index + 1));
      high = mixed(high, id.charCodeAt(index + 2), id.charCodeAt(index + 3));
    }
    if (this.older.has(low, high)) return true;
    if (!this.newer.add(low, high)) return true;
    if (this.newer.size >= half) {
      [this.newer, this.older] = [this.older, this.newer];
      this.newer.clear();
    }
    return false;
  }
}

function mixed(number: number, first: number, second: number): number {
  const product = Math.imul(number ^ first ^ (second << 16), 0x85ebca6b);
  return product ^ (product >>> 15);
}

/** Four times what is stored, so that a look-up meets few others. */
const slots = 4 * half;

/**
 * A set of 63-bit numbers, given as two of 32 bits. A `Set` would make an object of each; two of
 * 2,048 random numbers of this size are hardly ever the same.
 */
class NumberTable {
  size = 0;
  /** The halves of each number side by side; an empty place has a second half of 0. */
  private readonly places = new Int32Array(2 * slots);

  has(low: number, high: number): boolean {
    return this.places[this.placeOf(low, high) + 1] !== 0;
  }

  /** @returns false when it was there already */
  add(low: number, high: number): boolean {
    const place = this.placeOf(low, high);
    if (this.places[place + 1] !== 0) return false;
    this.places[place] = low;
    this.places[place + 1] = high | 1;
    this.size++;
    return true;
  }

  clear(): void {
    this.places.fill(0);
    this.size = 0;
  }

  /** Index of the number, or of the empty place where it would stand. */
  private placeOf(low: number, high: number): number {
    const { places } = this;
    let place = 2 * (low & (slots - 1));
    while (places[place + 1] !== 0) {
      if (places[place] === low && places[place + 1] === (high | 1)) break;
      place = (place + 2) % (2 * slots);
    }
    return place;
  }
}
