/** Redemptions that are remembered when they are done: Twitch may tell of one again, or list it still. */
const mostDone = 5_000;

/**
 * Which redemptions the bot has taken in hand: no redemption is taken twice. Those whose end Twitch knows are forgotten
 * when there are many later ones; the others never, however long Twitch does not answer.
 */
export class KnownRedemptions {
  private readonly open = new Set<string>();
  private readonly done = new Set<string>();

  has(id: string): boolean {
    return this.open.has(id) || this.done.has(id);
  }

  /** @returns whether it was not known before */
  add(id: string): boolean {
    if (this.has(id)) return false;
    this.open.add(id);
    return true;
  }

  /** Twitch knows its end. */
  end(id: string): void {
    this.open.delete(id);
    this.done.add(id);
    if (this.done.size <= mostDone) return;
    for (const oldest of this.done) {
      this.done.delete(oldest);
      break;
    }
  }
}
