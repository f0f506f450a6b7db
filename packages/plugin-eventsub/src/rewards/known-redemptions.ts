/** Redemptions that are remembered when they are done: Twitch may tell of one again, or list it still. */
const mostKnown = 5_000;

/** Which redemptions the bot has taken in hand, the latest of them: no redemption is taken twice. */
export class KnownRedemptions {
  private readonly ids = new Set<string>();

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** @returns whether it was not known before */
  add(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    if (this.ids.size > mostKnown) {
      for (const oldest of this.ids) {
        this.ids.delete(oldest);
        break;
      }
    }
    return true;
  }
}
